import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Environment } from '#lib/ports';
import { outage, problem, ProblemException, type Problem } from './problem.js';

type FastifyError = Error & { readonly statusCode?: number; readonly code?: string };

/** Fastify's own refusals, said in our words. */
const byCode: Readonly<Record<string, { readonly status: number; readonly code: string; readonly detail: string }>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { status: 413, code: 'body_too_large', detail: 'the body is larger than 256 KiB' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { status: 415, code: 'unsupported_media_type', detail: 'send application/json' },
  FST_ERR_CTP_EMPTY_JSON_BODY: { status: 400, code: 'invalid_json', detail: 'the body is empty; send a JSON object' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { status: 400, code: 'invalid_content_length', detail: 'the body is not as long as Content-Length says' },
};

/** Every error that leaves the service goes through here: a problem document, an id for the log, and no inner detail. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly environment: Environment,
    private readonly log: (message: string, error: unknown) => void,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const { problem: body, headers } = this.#asProblem(error, request);
    if (reply.sent || reply.raw.headersSent) return;
    void reply
      .status(body.status)
      .headers({ 'cache-control': 'no-store', ...headers })
      .type('application/problem+json')
      .send(JSON.stringify({ ...body, instance: request.url.slice(0, 500) }));
  }

  #asProblem(error: unknown, request: FastifyRequest): { readonly problem: Problem; readonly headers: Readonly<Record<string, string>> } {
    if (error instanceof ProblemException) return error;
    const unavailable = outage(error);
    if (unavailable !== undefined) return unavailable;
    const known = asRefusal(error, request);
    if (known !== undefined) return { problem: known, headers: {} };
    const id = this.environment.ids.next();
    this.log(`request ${request.method} ${request.url.slice(0, 200)} failed, error ${id}`, error);
    return { problem: problem(500, 'internal_error', `something went wrong on our side; it is logged as ${id}`, { errorId: id }), headers: {} };
  }
}

function asRefusal(error: unknown, request: FastifyRequest): Problem | undefined {
  if (error instanceof HttpException) {
    const status = error.getStatus();
    if (status === 404) return problem(404, 'no_such_route', `there is no ${request.method} ${request.url.split('?')[0]?.slice(0, 200) ?? ''}; see /v1/openapi.json`);
    return problem(status, 'refused', error.message);
  }
  const { code, statusCode, message } = error as FastifyError;
  if (code !== undefined && Object.hasOwn(byCode, code)) {
    const known = byCode[code];
    return known === undefined ? undefined : problem(known.status, known.code, known.detail);
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    const status = error instanceof SyntaxError ? 400 : statusCode;
    return problem(status, error instanceof SyntaxError ? 'invalid_json' : 'refused', error instanceof SyntaxError ? `the body is not valid JSON: ${message.slice(0, 200)}` : message.slice(0, 300));
  }
  return undefined;
}
