import type { Readable } from 'node:stream';
import { Controller, HttpCode, Inject, Param, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Engine } from '#lib/wiring';
import { callContext } from '../api/call.js';
import { ImportApi } from '../api/imports.js';
import { problem, ProblemException } from '../api/problem.js';
import { callerOf } from './authentication.js';

/** What a file may be sent as. JSON goes as `application/octet-stream`: `application/json` is a body to be parsed. */
export const fileTypes = ['application/zip', 'text/csv', 'application/octet-stream'] as const;
/** As the router knows it. */
export const fileRoute = '/v1/connections/:id/file';

@Controller(fileRoute)
export class UploadsController {
  constructor(
    @Inject(Engine) private readonly engine: Engine,
    @Inject(ImportApi) private readonly imports: ImportApi,
  ) {}

  /** The export of a connection, as it was downloaded: streamed to disk, then imported. */
  @Put()
  @HttpCode(202)
  async upload(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const content = request.body as Readable | null | undefined;
    if (content === undefined || content === null || typeof content.pipe !== 'function') {
      const detail = `send the file itself, as ${fileTypes.join(', ')}`;
      throw new ProblemException(problem(415, 'unsupported_media_type', detail));
    }
    const target = `PUT ${request.url}`;
    const context = callContext(this.engine, callerOf(request), { key: undefined, target, body: undefined });
    try {
      return (await this.imports.take(id, context, content)).body;
    } catch (error) {
      // What is still on its way is nobody's request: the connection ends with the answer.
      reply.header('connection', 'close');
      throw error;
    }
  }
}
