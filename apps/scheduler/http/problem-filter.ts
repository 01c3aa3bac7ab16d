import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Environment } from '#lib/ports';
import { limitsOf } from './body-limits.js';
import { fileRoute, fileTypes } from './uploads.controller.js';
import { internal, problem, problemOf, type Answered, type Problem } from '../api/problem.js';

type FastifyError = Error & { readonly statusCode?: number };

/** What Fastify and Nest refuse before we see it, said in our words. */
const byStatus: Readonly<Record<number, { readonly code: string; readonly detail: string }>> = {
  415: { code: 'unsupported_media_type', detail: 'send the body as application/json' },
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

  #asProblem(error: unknown, request: FastifyRequest): Answered {
    const known = problemOf(error);
    if (known !== undefined) return known;
    const refused = asRefusal(error, request);
    if (refused !== undefined) return { problem: refused, headers: {} };
    const id = this.environment.ids.next();
    this.log(`request ${request.method} ${request.url.slice(0, 200)} failed, error ${id}`, error);
    return { problem: internal(id), headers: {} };
  }
}

function asRefusal(error: unknown, request: FastifyRequest): Problem | undefined {
  const status = error instanceof HttpException ? error.getStatus() : (error as FastifyError).statusCode;
  if (status === undefined || status < 400 || status >= 500) return undefined;
  if (status === 413) {
    const kib = limitsOf(request).bytes / 1024;
    return problem(413, 'body_too_large', `the body is larger than ${kib} KiB`);
  }
  if (status === 415 && request.routeOptions.url === fileRoute)
    return problem(415, 'unsupported_media_type', `send the file as ${fileTypes.join(', ')}`);
  const known = byStatus[status];
  if (known !== undefined) return problem(status, known.code, known.detail);
  if (status === 404)
    return problem(
      404,
      'no_such_route',
      `there is no ${request.method} ${request.url.split('?')[0]?.slice(0, 200) ?? ''}; see /v1/openapi.json`,
    );
  return problem(status, 'refused', (error as Error).message.slice(0, 300));
}
