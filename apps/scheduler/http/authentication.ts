import { createHash, timingSafeEqual } from 'node:crypto';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { problem, ProblemException } from '../api/problem.js';
import { isDashboardPath } from './dashboard-files.js';
import { foreignPage } from './web-pages.js';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Open without a key: what a load balancer asks, and the API's own description. */
const open = new Set(['/healthz', '/readyz', '/v1/openapi.json']);

/** Who asks, as events record it. */
export type Caller = { readonly tenant: string; readonly actor: string };

const callers = new WeakMap<object, Caller>();

/** The caller that the guard let through. */
export const callerOf = (request: FastifyRequest): Caller =>
  callers.get(request.raw) ?? { tenant: 'default', actor: 'api' };

/**
 * Bearer keys, compared in constant time by their digest. Without configured keys the service listens on loopback
 * only, and everybody there is let in but web pages of elsewhere.
 */
export class ApiKeyGuard implements CanActivate {
  readonly #keys: readonly { readonly name: string; readonly digest: Buffer }[];

  constructor(keys: readonly string[]) {
    this.#keys = keys.map((key) => ({ name: digest(key).toString('hex').slice(0, 8), digest: digest(key) }));
  }

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const path = request.url.split('?')[0] ?? '';
    if (this.#keys.length === 0) {
      const foreign = open.has(path) ? undefined : foreignPage(request.headers);
      if (foreign !== undefined) throw refusedPage(foreign);
      callers.set(request.raw, { tenant: 'default', actor: 'api' });
      return true;
    }
    const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const offered = given === undefined ? undefined : digest(given);
    const match =
      offered === undefined ? undefined : this.#keys.find((key) => timingSafeEqual(key.digest, offered));
    if (match === undefined && !open.has(path) && !isDashboardPath(path)) {
      throw new ProblemException(
        problem(401, 'not_authenticated', 'send an API key: Authorization: Bearer <key>'),
        { 'www-authenticate': 'Bearer' },
      );
    }
    callers.set(request.raw, { tenant: 'default', actor: match === undefined ? 'api' : `api:${match.name}` });
    return true;
  }
}

const refusedPage = (told: string): ProblemException =>
  new ProblemException(
    problem(
      403,
      'foreign_web_page',
      `without API keys the service answers programs of this machine and pages served from it, not "${told}": ` +
        'ask for 127.0.0.1 or localhost, or set SYNCOPATE_API_KEYS and send one of them',
    ),
  );
