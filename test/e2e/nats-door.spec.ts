import { headers, type NatsConnection } from '@nats-io/transport-node';
import { jetstream } from '@nats-io/jetstream';
import { ClientProxyFactory, Transport } from '@nestjs/microservices';
import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { firstValueFrom } from 'rxjs';
import { monthly, natsService, type Reply } from './nats-service.js';
import type { Service } from './support.js';

const door = natsService();
let service: Service;
let nc: NatsConnection;
beforeAll(() => {
  ({ service, nc } = door);
});

const ask = async (subject: string, payload: unknown, key?: string): Promise<Reply> => {
  const given = headers();
  if (key !== undefined) given.set('Idempotency-Key', key);
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const reply = await nc.request(`syncopate.v1.commands.${subject}`, text, {
    timeout: 10_000,
    headers: given,
  });
  return reply.json<Reply>();
};
const itemsOf = ({ result }: Reply): readonly Record<string, unknown>[] =>
  (result?.['items'] ?? []) as readonly Record<string, unknown>[];
const create = async (connection: string): Promise<string> => {
  const { result } = await ask('default.schedules.create', { ...monthly, connection });
  return String(result?.['id']);
};

describe('commands by request and reply', () => {
  test('given a schedule, it is created, changed, paused, resumed, triggered, read and deleted', async () => {
    const id = await create('door-1');
    const changed = await ask('default.schedules.update', { id, version: 1, priority: 'high' });
    expect(changed).toMatchObject({ ok: true, result: { id, version: 2 } });
    expect(await ask('default.schedules.pause', { id })).toMatchObject({
      ok: true,
      result: { status: 'paused' },
    });
    expect(await ask('default.schedules.resume', { id })).toMatchObject({
      ok: true,
      result: { status: 'active' },
    });
    const succeeded = service.next('RunSucceeded');
    const triggered = await ask('default.schedules.trigger', { id });
    expect((await succeeded)['run']).toBe(triggered.result?.['run']);
    const atLeast = triggered.result?.['position'];
    expect(await ask('default.schedules.get', { id, atLeast })).toMatchObject({
      ok: true,
      result: { id, priority: 'high' },
    });
    expect(await ask('default.schedules.delete', { id })).toMatchObject({
      ok: true,
      result: { status: 'deleted' },
    });
  });

  test('given an idempotency key, the same answer; with another payload, a refusal', async () => {
    const first = await ask('default.schedules.create', { ...monthly, connection: 'door-2' }, 'key-2');
    const again = await ask('default.schedules.create', { ...monthly, connection: 'door-2' }, 'key-2');
    const other = await ask('default.schedules.create', { ...monthly, connection: 'door-3' }, 'key-2');
    expect(again.result).toMatchObject({ id: first.result?.['id'], repeated: true });
    expect(other.problem).toMatchObject({
      status: 422,
      type: 'urn:syncopate:problem:idempotency-key-reused',
    });
  });

  test('given many schedules, each is answered by itself; with the same key, the same ones', async () => {
    const schedules = [
      { ...monthly, connection: 'door-many-1' },
      { ...monthly, connection: 'door-many-1' },
      { ...monthly, connection: 'door-many-2', oops: 1 },
    ];
    const first = await ask('default.schedules.create-batch', { schedules }, 'key-many');
    const again = await ask('default.schedules.create-batch', { schedules }, 'key-many');
    expect(first.result).toMatchObject({
      created: 1,
      refused: 2,
      items: [
        { ok: true, result: { status: 'active', version: 1 } },
        { ok: false, problem: { status: 409 } },
        { ok: false, problem: { status: 422, errors: [{ field: 'oops' }] } },
      ],
    });
    const idIn = ({ result }: Reply) =>
      (result?.['items'] as { result: { id: string } }[] | undefined)?.[0]?.result.id;
    expect(again.result).toMatchObject({ created: 0, repeated: 1, refused: 2 });
    expect(idIn(again)).toBe(idIn(first));
    const seen = { id: idIn(first), atLeast: first.result?.['position'] };
    expect((await ask('default.schedules.get', seen)).ok).toBe(true);
  });

  test('given a thousand that are all refused at length, an answer that the server takes', async () => {
    const schedules = Array.from({ length: 1_000 }, (_, n) => ({ [`${'x'.repeat(400)}${n}`]: 1 }));
    const { ok, result } = await ask('default.schedules.create-batch', { schedules });
    expect({ ok, refused: result?.['refused'] }).toEqual({ ok: true, refused: 1_000 });
    expect((result?.['items'] as { problem: object }[] | undefined)?.[999]?.problem).toMatchObject({
      status: 422,
    });
  });

  test('given a connection, it is registered, suspended, restored and read; a secret is refused, and is nowhere', async () => {
    const named = { id: 'door-link', user: 'ann', provider: 'netflix' };
    const registered = await ask('default.connections.register', named);
    expect(registered).toMatchObject({ ok: true, result: { id: 'door-link', credentials: 'unchanged' } });
    const id = await create('door-link-2');
    const paused = service.next('SchedulePaused', ({ cause }) => cause === 'connection_suspended');
    const suspended = await ask('default.connections.suspend', {
      id: 'door-link-2',
      message: 'card expired',
    });
    await paused;
    const atLeast = suspended.result?.['position'];
    expect(await ask('default.connections.get', { id: 'door-link-2', atLeast })).toMatchObject({
      result: { status: 'suspended' },
    });
    const resumed = service.next('ScheduleResumed');
    expect((await ask('default.connections.restore', { id: 'door-link-2' })).ok).toBe(true);
    await resumed;
    const log = itemsOf(await ask('default.connections.events', { id: 'door-link-2', limit: 2 }));
    expect(log.map((row) => row['type'])).toEqual(['ConnectionSuspended', 'ConnectionRestored']);
    const list = await ask('default.connections.list', { user: 'ann' });
    expect(itemsOf(list).map((row) => row['id'])).toContain('door-link');
    const secret = { ...named, credentials: { refresh_token: 'canary-9' } };
    const refused = await ask('default.connections.register', secret, 'key-link');
    expect(refused.problem).toMatchObject({ status: 422, errors: [{ code: 'secret_in_message' }] });
    expect(JSON.stringify(refused)).not.toContain('canary-9');
    for (const what of ['get', 'events']) {
      const { problem } = await ask(`other.connections.${what}`, { id: 'door-link' });
      expect(problem).toMatchObject({ status: 404 });
    }
    const released = service.next('ClaimReleased');
    expect((await ask('default.connections.remove', { id: 'door-link-2' })).problem).toMatchObject({
      type: 'urn:syncopate:problem:connection-in-use',
    });
    await ask('default.schedules.delete', { id });
    await released;
    expect(await ask('default.connections.remove', { id: 'door-link-2', records: 'forget' })).toMatchObject({
      result: { status: 'removed' },
    });
  });

  test('given a duplicate, the conflict is listed, acknowledged and resolved', async () => {
    const id = await create('door-twice');
    expect((await ask('default.schedules.create', { ...monthly, connection: 'door-twice' })).ok).toBe(false);
    await service.settled();
    const open = await ask('default.conflicts.list', { kind: 'duplicate', status: 'open' });
    const found = itemsOf(open).find((row) => (row['schedules'] as readonly string[]).includes(id));
    const about = { id: found?.['id'] };
    expect(await ask('default.conflicts.acknowledge', { ...about, note: 'seen' })).toMatchObject({
      result: { status: 'acknowledged' },
    });
    const resolved = await ask('default.conflicts.resolve', about);
    const atLeast = resolved.result?.['position'];
    expect(await ask('default.conflicts.get', { ...about, atLeast })).toMatchObject({
      result: { status: 'resolved' },
    });
  });

  test("given another tenant's schedule, there is none", async () => {
    const id = await create('door-4');
    expect((await ask('other.schedules.pause', { id })).problem).toMatchObject({ status: 404 });
    expect((await ask('other.schedules.get', { id })).problem).toMatchObject({ status: 404 });
  });

  test.each([
    ['a payload that is not JSON', 'schedules.create', '{', 422, 'not JSON'],
    ['a payload that is no object', 'schedules.create', '[1]', 422, 'must be a JSON object'],
    ['a batch that is none', 'schedules.create-batch', { schedules: [] }, 400, 'at least one'],
    ['an unknown operation', 'schedules.explode', '{}', 404, 'there is no schedules.explode'],
    ['an unknown field', 'schedules.create', { ...monthly, connection: 'x', oops: 1 }, 422, 'oops'],
    ['an unknown schedule', 'schedules.pause', { id: 'nobody' }, 404, 'no such schedule'],
    [
      'an interval of half seconds',
      'schedules.create',
      { ...monthly, connection: 'x', recurrence: { frequency: 'interval', every: 'PT90.5S' } },
      422,
      'whole number of seconds',
    ],
    ['a version that is none', 'schedules.pause', { id: 'nobody', version: 'x' }, 422, 'version'],
    ['an id that is no text', 'schedules.pause', { id: { toString: 1 } }, 422, 'id must be a string'],
    ['a prototype key', 'schedules.create', '{"__proto__": {"x": 1}}', 422, '__proto__'],
  ])('given %s, a problem that says so', async (_, subject, payload, status, says) => {
    const { ok, problem } = await ask(`default.${subject}`, payload);
    expect({ ok, status: problem?.['status'] }).toEqual({ ok: false, status });
    expect(problem?.['detail']).toContain(says);
  });

  test('given any JSON at any operation, an answer, and never an internal error', async () => {
    const verbs = [
      'create',
      'create-batch',
      'update',
      'pause',
      'trigger',
      'backfill',
      'list',
      'get',
      'occurrences',
      'validate',
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...verbs), fc.oneof(fc.json(), fc.string()), async (verb, payload) => {
        const { ok, problem } = await ask(`default.schedules.${verb}`, payload);
        expect(ok || Number(problem?.['status']) < 500).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test("given Nest's own client, the answer comes in its envelope", async () => {
    const client = ClientProxyFactory.create({
      transport: Transport.NATS,
      options: { servers: service.engine.configuration.nats?.servers as string[] },
    });
    const answer = await firstValueFrom(
      client.send<Reply>('syncopate.v1.commands.default.schedules.list', { limit: 1 }),
    );
    expect(answer.ok).toBe(true);
    await client.close();
  });
});

describe('integration events', () => {
  test('given a start time, a consumer sees what happened since, once each, and no private state', async () => {
    service.work.script('events-1', () => ({
      kind: 'succeeded',
      counts: { read: 1, written: 1, rejected: 0 },
      state: { cursor: 'secret-cursor' },
    }));
    const id = await create('events-1');
    const succeeded = service.next('RunSucceeded');
    await ask('default.schedules.trigger', { id });
    await succeeded;
    const consumer = await jetstream(nc).consumers.get('SYNCOPATE_EVENTS', {
      filter_subjects: 'syncopate.v1.events.default.schedule.>',
    });
    const messages = await consumer.consume();
    const seen: { id: string; type: string; stream: string; data: object }[] = [];
    for await (const message of messages) {
      const event = message.json<(typeof seen)[number]>();
      if (event.stream !== `schedule-${id}`) continue;
      expect(message.headers?.get('Nats-Msg-Id')).toBe(event.id);
      seen.push(event);
      if (event.type === 'RunSucceeded') break;
    }
    await messages.close();
    expect(seen.map(({ type }) => type)).toEqual([
      'ScheduleCreated',
      'RunQueued',
      'RunStarted',
      'RunSucceeded',
    ]);
    expect(JSON.stringify(seen)).not.toContain('secret-cursor');
  });
});
