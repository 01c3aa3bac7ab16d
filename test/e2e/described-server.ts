import type { IncomingMessage, OutgoingHttpHeaders, Server as HttpServer, ServerResponse } from 'node:http';
import { afterAll, afterEach, expect } from '@jest/globals';
import { startServer as start, type Server } from '../../apps/scheduler/server.js';
import { differenceOf } from './described.js';

export type { Server };

/**
 * The service as specs start it: whatever it answers over HTTP, whoever asked, is held against its own description, field by
 * field, and a spec in which they differ fails. Nothing of this is in the service.
 */
const differences: string[] = [];
const assertDescribed = (): void => expect(differences.splice(0)).toEqual([]);
afterEach(assertDescribed);
afterAll(assertDescribed);

const texts = (headers: OutgoingHttpHeaders): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));

function hold(
  request: IncomingMessage,
  response: ServerResponse,
  sent: OutgoingHttpHeaders,
  text: string,
): void {
  const headers = texts({ ...response.getHeaders(), ...sent });
  const { method = '', url = '' } = request;
  const { statusCode: status } = response;
  const body: unknown = /json/.test(headers['content-type'] ?? '') ? JSON.parse(text) : undefined;
  const difference = differenceOf({ method, url, status, headers, body });
  if (difference !== undefined) differences.push(`${method} ${url}: ${status} ${difference}`);
}

/** Fastify hands a whole answer to `end`; of a stream, what its head says is all that is described. */
function watch(request: IncomingMessage, response: ServerResponse): void {
  if (request.method === 'HEAD') return;
  let sent: OutgoingHttpHeaders = {};
  const writeHead = response.writeHead.bind(response) as (...given: unknown[]) => ServerResponse;
  const end = response.end.bind(response) as (...given: unknown[]) => ServerResponse;
  response.writeHead = ((...given: unknown[]) => {
    const last = given.at(-1);
    if (typeof last === 'object' && last !== null) sent = last as OutgoingHttpHeaders;
    return writeHead(...given);
  }) as typeof response.writeHead;
  response.end = ((...given: unknown[]) => {
    const [content] = given;
    const text = typeof content === 'string' || Buffer.isBuffer(content) ? content.toString() : '';
    hold(request, response, sent, text);
    return end(...given);
  }) as typeof response.end;
}

export async function startServer(...given: Parameters<typeof start>): Promise<Server> {
  const server = await start(...given);
  (server.app.getHttpServer() as HttpServer).prependListener('request', watch);
  return server;
}
