import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { T0 } from '#lib/domain/testing';
import type { Timers } from '#lib/ports';
import { stillTime } from '#lib/ports/testing';
import { limitArrival } from '../../apps/scheduler/http/arrival.js';

/** Deadlines come when the test says so. */
let armed = Promise.withResolvers<() => void>();
const timers: Timers = {
  ...stillTime(T0).timers,
  after: (_, callback) => {
    armed.resolve(callback);
    return () => {};
  },
};
let server: FastifyInstance;
let port = 0;

beforeAll(async () => {
  server = Fastify();
  limitArrival(server, timers, ['application/zip']);
  server.addContentTypeParser('application/zip', (_request, payload, done) => done(null, payload));
  server.put('/file', async (request) => {
    let bytes = 0;
    for await (const chunk of request.body as AsyncIterable<Buffer>) bytes += chunk.length;
    return { bytes };
  });
  server.post('/words', async () => ({ ok: true }));
  await server.listen({ port: 0, host: '127.0.0.1' });
  const [address] = server.addresses();
  port = typeof address === 'object' ? address.port : 0;
});
afterAll(() => server.close());

/** Sends the head of a request, and a body of 4 bytes in two halves; resolves to all that is answered. */
async function sent(line: string, type: string, between: () => Promise<void>): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let heard = '';
  socket.on('data', (data) => (heard += data.toString()));
  socket.write(
    `${line} HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\nContent-Length: 4\r\nConnection: close\r\n\r\n{ `,
  );
  await between();
  if (socket.writable) socket.write(' }');
  await once(socket, 'close');
  return heard;
}

test('given a body that does not come to its end in time, it is refused', async () => {
  armed = Promise.withResolvers();
  const answer = await sent('POST /words', 'application/json', async () => (await armed.promise)());
  expect(answer).toContain('408 Request Timeout');
  expect(answer).toContain('urn:syncopate:problem:request-timeout');
});

test('given a file, however long it takes, it is taken', async () => {
  armed = Promise.withResolvers();
  const other = armed.promise;
  const answer = await sent('PUT /file', 'Application/ZIP', () =>
    // As long as it takes to refuse another request that began after it.
    sent('POST /words', 'application/json', async () => (await other)()).then(() => {}),
  );
  expect(answer).toContain('{"bytes":4}');
});
