import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { ClientProxyFactory, Transport } from '@nestjs/microservices';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { firstValueFrom } from 'rxjs';
import { Service } from './support.js';
import { Topology } from './topology.js';

const topology = new Topology({ eventStoreDb: false, nats: true, schedulers: 1, executors: 1 });
let service: Service;
let nc: NatsConnection;

beforeAll(async () => {
  service = await Service.start({}, undefined, topology);
  nc = await connect({ servers: service.engine.configuration.nats?.servers as string[] });
});
afterAll(async () => {
  await nc.close();
  await service.stop();
  await topology.close();
});

const monthly = { user: 'ann', provider: 'anything', recurrence: { frequency: 'monthly', days: [1] } };
type Reply = { ok: boolean; result?: Record<string, unknown>; problem?: Record<string, unknown> };

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

describe('submitted commands', () => {
  const submit = (subject: string, payload: object, given: Record<string, string> = {}) => {
    const all = headers();
    for (const [name, value] of Object.entries(given)) all.set(name, value);
    return jetstream(nc).publish(`syncopate.v1.submit.${subject}`, JSON.stringify(payload), { headers: all });
  };

  test('given a reply subject, the answer arrives there with its key; the same key again changes nothing', async () => {
    const answers = nc.subscribe('answers.a', { max: 2 });
    const given = { 'Idempotency-Key': 'submit-1', 'Reply-Subject': 'answers.a' };
    await submit('default.schedules.create', { ...monthly, connection: 'submit-1' }, given);
    await submit('default.schedules.create', { ...monthly, connection: 'submit-1' }, given);
    const seen: (Reply & { key: string })[] = [];
    for await (const message of answers) seen.push(message.json());
    expect(seen.map(({ key, ok }) => ({ key, ok }))).toEqual([
      { key: 'submit-1', ok: true },
      { key: 'submit-1', ok: true },
    ]);
    expect(seen[1]?.result?.['id']).toBe(seen[0]?.result?.['id']);
  });

  /** What is parked first; then until nothing waits to be decided, which is told to the server after it. */
  const parked = async (): Promise<unknown> => {
    const manager = await jetstreamManager(nc);
    const consumer = await jetstream(nc).consumers.get('SYNCOPATE_PARKED', {});
    const message = await consumer.next();
    while ((await manager.streams.info('SYNCOPATE_COMMANDS')).state.messages > 0);
    return message?.json();
  };
  /** The latest that was parked, once nothing waits. */
  const last = async (): Promise<unknown> => {
    const manager = await jetstreamManager(nc);
    while ((await manager.streams.info('SYNCOPATE_COMMANDS')).state.messages > 0);
    const { state } = await manager.streams.info('SYNCOPATE_PARKED');
    return (await manager.streams.getMessage('SYNCOPATE_PARKED', { seq: state.last_seq }))?.json();
  };
  const refused = { subject: 'syncopate.v1.submit.default.schedules.pause', problem: { status: 404 } };

  test('given one that is refused, it is parked with the reason', async () => {
    await submit('default.schedules.pause', { id: 'nobody' });
    expect(await parked()).toMatchObject(refused);
  });

  test('given one that is refused and nowhere to park it, it stays until there is', async () => {
    const manager = await jetstreamManager(nc);
    await manager.streams.delete('SYNCOPATE_PARKED');
    const made = nc.subscribe('$JS.EVENT.ADVISORY.STREAM.CREATED.SYNCOPATE_PARKED', { max: 1 });
    await nc.flush();
    await submit('default.schedules.pause', { id: 'nobody' });
    for await (const advisory of made) expect(advisory.json()).toMatchObject({ stream: 'SYNCOPATE_PARKED' });
    expect(await parked()).toMatchObject(refused);
  });

  test('given one that is too large to be kept whole, it is parked without its payload', async () => {
    await submit('default.schedules.create', { ...monthly, connection: 'x'.repeat(900_000) });
    const record = await last();
    expect(record).toMatchObject({
      subject: 'syncopate.v1.submit.default.schedules.create',
      payloadBytes: expect.any(Number) as unknown,
    });
    expect(record).not.toHaveProperty('payload');
  });

  test('given a reply subject that NATS would not take, it is decided and nobody is told', async () => {
    const given = { 'Reply-Subject': 'x'.repeat(5_000) };
    await submit('default.schedules.create', { ...monthly, connection: 'submit-long' }, given);
    const answers = nc.subscribe('answers.long', { max: 1 });
    await submit(
      'default.schedules.create',
      { ...monthly, connection: 'submit-long' },
      { 'Reply-Subject': 'answers.long' },
    );
    for await (const message of answers)
      expect(message.json()).toMatchObject({ ok: false, problem: { status: 409 } });
  });

  test('given none has a key, and a stream that begins anew, no command is taken for an earlier one', async () => {
    const manager = await jetstreamManager(nc);
    const create = async (connection: string): Promise<{ readonly seq: number; readonly answer: Reply }> => {
      const answers = nc.subscribe(`answers.${connection}`, { max: 1 });
      const { seq } = await submit(
        'default.schedules.create',
        { ...monthly, connection },
        { 'Reply-Subject': `answers.${connection}` },
      );
      for await (const message of answers) return { seq, answer: message.json<Reply>() };
      throw new Error('no answer');
    };
    const first = await create('anew-0');
    const made = nc.subscribe('$JS.EVENT.ADVISORY.STREAM.CREATED.SYNCOPATE_COMMANDS', { max: 1 });
    await nc.flush();
    await manager.streams.delete('SYNCOPATE_COMMANDS');
    for await (const _ of made) break;
    for (let n = 1; n <= first.seq; n += 1) {
      const { answer } = await create(`anew-${n}`);
      expect(answer).toMatchObject({ ok: true });
      expect(answer.result).not.toHaveProperty('repeated');
    }
  });

  test('given a batch, what of it is refused is parked by its place, and the rest is created', async () => {
    const schedules = ['submit-many-1', 'submit-many-1', 'submit-many-2'].map((connection) => ({
      ...monthly,
      connection,
    }));
    const answers = nc.subscribe('answers.b', { max: 1 });
    const given = { 'Idempotency-Key': 'submit-many', 'Reply-Subject': 'answers.b' };
    await submit('default.schedules.create-batch', { schedules }, given);
    for await (const message of answers)
      expect(message.json()).toMatchObject({ key: 'submit-many', ok: true, result: { created: 2 } });
    const consumer = await jetstream(nc).consumers.get('SYNCOPATE_PARKED', {});
    const messages = await consumer.consume();
    for await (const message of messages) {
      const parked = message.json<{ subject: string }>();
      if (!parked.subject.endsWith('create-batch')) continue;
      expect(parked).toMatchObject({ problem: { refused: [{ index: 1, problem: { status: 409 } }] } });
      break;
    }
    await messages.close();
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
