import { Controller, Get, NotFoundException, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DashboardFiles } from './dashboard-files.js';

/** Its own scripts and styles, this service, and nothing else; and no text of anybody's becomes markup. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const YEAR_SECONDS = 31_536_000;

/** The dashboard: a page that asks the API what anybody may ask. It is no part of the API, and not in its description. */
@Controller()
export class DashboardController {
  readonly #files = new DashboardFiles();

  /** Programs that ask for nothing in particular are told what they always were: that there is nothing here. */
  @Get()
  page(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Buffer {
    reply.header('vary', 'accept');
    const { index } = this.#files;
    if (index === undefined || !/\btext\/html\b/.test(request.headers.accept ?? ''))
      throw new NotFoundException();
    reply.headers({
      'content-security-policy': policy,
      'cache-control': 'no-cache',
      'cross-origin-opener-policy': 'same-origin',
    });
    reply.type(index.type);
    return index.content;
  }

  /** Their names change with their content. */
  @Get('assets/:file')
  asset(@Param('file') name: string, @Res({ passthrough: true }) reply: FastifyReply): Buffer {
    const file = this.#files.asset(name);
    if (file === undefined) throw new NotFoundException();
    reply.headers({
      'cache-control': `public, max-age=${YEAR_SECONDS}, immutable`,
    });
    reply.type(file.type);
    return file.content;
  }
}
