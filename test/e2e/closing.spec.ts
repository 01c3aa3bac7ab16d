import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { expect, test } from '@jest/globals';
import Fastify from 'fastify';
import { MemoryEventStore } from '#lib/event-store/memory';
import { newEvent } from '#lib/event-store/testing';
import { until, VirtualTime } from '#lib/ports/testing';
import { endConnections } from '../../apps/scheduler/http/closing.js';
import { streamEvents } from '../../apps/scheduler/http/event-stream.js';
import { Service } from './support.js';

const socketTo = (url: string): Socket => connect(Number(new URL(url).port), '127.0.0.1');

test('given a request on its way when the service stops, it is answered, and its connection ends', async () => {
  const service = await Service.start();
  const socket = socketTo(service.server.url);
  let heard = '';
  socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
  const body = JSON.stringify({ user: 'dan', connection: 'c', provider: 'anything', recurrence: 'daily' });
  // Node says when it has the head.
  socket.write(
    `POST /v1/schedules HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`,
  );
  await until(() => heard.includes('100 Continue'));
  const stopped = service.server.close();
  socket.write(body);
  await once(socket, 'close');
  expect(heard).toContain('201 Created');
  await stopped;
  await service.stop();
});

test('given an open event stream when the service stops, the stream ends as one that is over', async () => {
  const service = await Service.start();
  const response = await fetch(`${service.server.url}/v1/events`);
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  const reader = response.body!.getReader();
  await reader.read();
  const stopped = service.server.close();
  while (!(await reader.read()).done);
  await stopped;
  await service.stop();
});

test('given a request that is never answered, closing cuts it off after a while', async () => {
  const time = new VirtualTime();
  const server = Fastify();
  const begin = endConnections(server, time.timers);
  const asked = Promise.withResolvers<void>();
  server.get('/never', () => {
    asked.resolve();
    return new Promise(() => {});
  });
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  const asking = fetch(`${url}/never`).then(
    () => 'answered',
    () => 'cut off',
  );
  await asked.promise;
  const over = begin();
  const closed = server.close();
  time.advance(2_000);
  expect(await asking).toBe('cut off');
  await closed;
  over();
});

test('given HEAD of the event stream, its headers are answered and nothing is opened', async () => {
  const service = await Service.start();
  const answer = await fetch(`${service.server.url}/v1/events`, { method: 'HEAD' });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  const metrics = await (await fetch(`${service.server.url}/metrics`)).text();
  expect(metrics).toContain('syncopate_event_streams 0');
  await service.stop();
});

test('given a reader that stops reading, after a minute its connection is gone with all that waited for it', async () => {
  const store = new MemoryEventStore();
  const text = 'x'.repeat(50_000);
  await store.append(
    'schedule-a',
    -1,
    Array.from({ length: 400 }, () => newEvent({ text })),
  );
  const time = new VirtualTime();
  const server = createServer((_, response) => {
    response.once('close', () => (gone = true));
    void streamEvents(response, { ...options, store, timers: time.timers });
  });
  let gone = false;
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const asking = request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' }).end();
  asking.on('error', () => {});
  const [answer] = (await once(asking, 'response')) as [NodeJS.ReadableStream];
  answer.pause();
  await until(() => {
    time.advance(60_000);
    return gone;
  });
  asking.destroy();
  server.close();
});

test('given a quiet log, and a reader who may not read any more, the stream ends with its next sign of life', async () => {
  const time = new VirtualTime();
  let allowed = true;
  const server = createServer((_, response) => {
    const store = new MemoryEventStore();
    void streamEvents(response, { ...options, store, timers: time.timers, stillHolds: () => allowed });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const asking = request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' }).end();
  const [answer] = (await once(asking, 'response')) as [NodeJS.ReadableStream];
  let heard = '';
  answer.on('data', (piece: Buffer) => (heard += piece.toString()));
  const end = once(answer, 'end');
  await until(() => heard.startsWith('retry'));
  time.advance(15_000);
  await until(() => heard.endsWith(': still here\n\n'));
  allowed = false;
  const [before] = [heard];
  time.advance(15_000);
  await end;
  expect(heard).toBe(before);
  server.close();
});

const options = {
  tenant: 'default',
  after: 0,
  headers: {},
  stopping: new AbortController().signal,
  onOpen: () => {},
  onClose: () => {},
};
