import { headers, type NatsConnection } from '@nats-io/transport-node';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { monthly, natsService, type Reply } from './nats-service.js';

const door = natsService();
let nc: NatsConnection;
beforeAll(() => {
  ({ nc } = door);
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

  /** The latest that was parked, once nothing waits: the server is told so after it. */
  const parked = async (): Promise<unknown> => {
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
    const record = await parked();
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

  test('given several about one schedule, sent one after the other, the last word is the last', async () => {
    const created = await Promise.all(
      Array.from({ length: 12 }, async (_, n) => {
        const answers = nc.subscribe(`answers.order.${n}`, { max: 1 });
        const given = { 'Reply-Subject': `answers.order.${n}` };
        await submit('default.schedules.create', { ...monthly, user: `u-${n}`, connection: `o-${n}` }, given);
        for await (const message of answers) return message.json<Reply>().result?.['id'] as string;
        throw new Error('nobody answered');
      }),
    );
    for (const id of created)
      for (const note of ['one', 'two', 'three']) {
        await submit('default.schedules.pause', { id, note });
        await submit('default.schedules.resume', { id });
      }
    for (const id of created) await submit('default.schedules.pause', { id, note: 'last' });
    const manager = await jetstreamManager(nc);
    while ((await manager.streams.info('SYNCOPATE_COMMANDS')).state.messages > 0);
    for (const id of created) {
      const events = await door.service.engine.store.readStream(`schedule-${id}`);
      expect(events.map(({ type }) => type)).toEqual([
        'ScheduleCreated',
        ...Array.from({ length: 3 }, () => ['SchedulePaused', 'ScheduleResumed']).flat(),
        'SchedulePaused',
      ]);
    }
  });
});
