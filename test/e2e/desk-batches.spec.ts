import type { NatsConnection } from '@nats-io/transport-node';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { shardLease, shardOf, SHARDS, subjects, type ClaimAnswer } from '#lib/contracts/messages';
import type { ExecutorDesk } from '#lib/messaging/port';
import type { Leases } from '#lib/ports';
import { systemEnvironment } from '#lib/wiring';
import { DeskClient, DeskRefusal } from '../../libs/messaging/nats/desk-client.js';
import { DeskServer } from '../../libs/messaging/nats/desk-server.js';
import { natsServer } from '../../libs/messaging/nats/testing/nats-server.js';

const server = natsServer();
let nc: NatsConnection;
const closers: (() => void)[] = [];

beforeAll(() => {
  nc = server.nc;
});
afterEach(() => closers.splice(0).forEach((close) => close()));

const refused = (reason: string): ClaimAnswer => ({ granted: false, reason });
const nobody = (): Promise<never> => Promise.reject(new Error('is not asked here'));

/** Asked of a store that does not answer: in a batch for as long as the test lasts, alone at once. */
let asked = 0;
const slow = (run: string): Promise<{ accepted: true; reason: string }> =>
  (asked += 1) === 1 ? new Promise(() => {}) : Promise.resolve({ accepted: true, reason: run });

/** A node that holds some shards, and says of each claim what it was asked, and by how many messages. */
function node(name: string, shards: (shard: number) => boolean, answer = refused) {
  const held = new Set(Array.from({ length: SHARDS }, (_, shard) => shard).filter(shards));
  const listeners = new Set<() => void>();
  const leases: Leases = {
    holds: (lease) => [...held].some((shard) => shardLease(shard) === lease),
    epoch: () => 1,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const desk: ExecutorDesk = {
    claim: ({ run, executor }) => Promise.resolve(answer(`${name} ${run} ${executor}`)),
    report: ({ run }) =>
      run === 'run-of-a-broken-store'
        ? Promise.reject(new Error('the store is away'))
        : Promise.resolve({ accepted: true, reason: run }),
    checkpoint: ({ run }) => slow(run),
    heartbeat: nobody,
    connection: nobody,
    token: nobody,
  };
  const { timers } = systemEnvironment;
  const server = new DeskServer({ nc, leases, desk, onBeat: () => {}, timers, onError: () => {} });
  closers.push(() => server.close());
  const hold = (next: (shard: number) => boolean): void => {
    held.clear();
    for (let shard = 0; shard < SHARDS; shard += 1) if (next(shard)) held.add(shard);
    for (const listener of listeners) listener();
  };
  /** Its leases have ended, and it was not told. */
  const lapse = (): void => held.clear();
  return { hold, lapse };
}

/** An executor, and the messages that it sends. */
function executor() {
  const sent: string[] = [];
  const heard = nc.subscribe(subjects.desk('*', 'e1', '*'), {
    callback: (_, { subject }) => void sent.push(subject.split('.').at(-1) ?? ''),
  });
  closers.push(() => heard.unsubscribe());
  const desk = new DeskClient({ nc, executor: 'e1', timers: systemEnvironment.timers });
  const claim = (n: number | string) =>
    desk.claim({
      tenant: 'default',
      schedule: `schedule-${n}`,
      run: `run-${n}`,
      attempt: 1,
      executor: 'somebody else',
      claim: 'c',
      epoch: 1,
    });
  const all = (count: number) => Promise.all(Array.from({ length: count }, (_, n) => claim(n)));
  return { desk, claim, all, sent };
}

const everything = (): boolean => true;
const ref = { tenant: 'default', schedule: 's', attempt: 1, fence: 1, executor: 'e1' };
const outcome = { kind: 'cancelled' } as const;

describe('questions asked in one turn', () => {
  test('go out together once it is known who holds what, and each gets its own answer', async () => {
    node('a', everything);
    const { all, sent } = executor();
    await all(100);
    sent.length = 0;
    const answers = await all(100);
    expect(answers).toEqual(Array.from({ length: 100 }, (_, n) => refused(`a run-${n} e1`)));
    await nc.flush();
    expect(sent).toEqual(['batch', 'batch']);
  });

  test('of a node that was not told that its leases had ended are answered by the one that has them, after a first try', async () => {
    const { lapse } = node('a', everything);
    const { claim } = executor();
    await claim(1);
    lapse();
    await expect(claim(1)).rejects.toThrow('does not hold the shard any more');
    // What it answered first it does not answer again: it is not asked any more.
    node('b', everything);
    expect(await claim(1)).toEqual(refused('b run-1 e1'));
  });

  test('of which one has failed, are answered all the same', async () => {
    node('a', everything);
    const { desk, claim } = executor();
    const settled = await Promise.allSettled([
      claim(1),
      desk.report({ ...ref, run: 'run-of-a-broken-store', outcome }),
      desk.report({ ...ref, run: '', outcome }),
      desk.report({ ...ref, run: 'good', outcome }),
    ]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    const reasons = settled.map((one) => (one.status === 'rejected' ? (one.reason as unknown) : undefined));
    expect(String(reasons[1])).toContain('the store is away');
    expect(reasons[2]).toBeInstanceOf(DeskRefusal);
  });

  test('of which one is slow, are answered without it, and that one is asked alone', async () => {
    node('a', everything);
    const { desk, claim, all, sent } = executor();
    await all(40);
    const counts = { read: 1, written: 1, rejected: 0 };
    const checkpoint = desk.checkpoint({ ...ref, run: 'slow', state: {}, counts });
    expect(await claim('s')).toEqual(refused('a run-s e1'));
    expect(await checkpoint).toEqual({ accepted: true, reason: 'slow' });
    await nc.flush();
    expect(sent.at(-1)).toBe('checkpoint');
  });

  test('are answered by the node that holds each, also after the shards have changed hands', async () => {
    const even = (shard: number): boolean => shard % 2 === 0;
    const low = (shard: number): boolean => shard < SHARDS / 2;
    const a = node('a', even);
    const b = node('b', (shard) => !even(shard));
    const { all, claim } = executor();
    const holders = (answers: readonly ClaimAnswer[]) =>
      answers.map((answer) => (answer.granted ? '' : answer.reason.slice(0, 1)));
    const expected = (held: (shard: number) => boolean) =>
      Array.from({ length: 60 }, (_, n) => (held(shardOf(`schedule-${n}`)) ? 'a' : 'b'));
    await all(60);
    expect(holders(await all(60))).toEqual(expected(even));
    a.hold(low);
    b.hold((shard) => !low(shard));
    await nc.flush();
    // Asked on the old map, some are told to ask again, and none is answered by the wrong node.
    const settled = await Promise.allSettled(Array.from({ length: 60 }, (_, n) => claim(n)));
    for (const [n, one] of settled.entries())
      if (one.status === 'fulfilled') expect(holders([one.value])).toEqual([expected(low)[n]]);
    expect(settled.some(({ status }) => status === 'rejected')).toBe(true);
    expect(holders(await all(60))).toEqual(expected(low));
  });

  test('whose answers have no room in one message, are answered apart', async () => {
    const state = { cursor: 'x'.repeat(200 * 1024) };
    const granted = { granted: true, fence: 1, deadline: 1, leaseMs: 1, nominal: 1, state } as const;
    node('a', everything, () => ({ ...granted, operation: 'full_sync' }));
    const { all, sent } = executor();
    await all(8);
    sent.length = 0;
    const answers = await all(8);
    expect(answers.map((answer) => answer.granted && answer.state)).toEqual(answers.map(() => state));
    await nc.flush();
    expect(sent).toEqual(['batch', ...Array<string>(6).fill('claim')]);
  });

  test('of which one is about no schedule at all, are answered all the same', async () => {
    node('n1', everything);
    const { claim } = executor();
    await nc.flush();
    const about = { schedule: { toString: 1, valueOf: 1 } };
    const questions = JSON.stringify({ questions: [{ question: 'claim', about }] });
    const { data } = await nc.request(subjects.desk(0, 'e1', 'batch'), questions);
    const { answer } = JSON.parse(new TextDecoder().decode(data)) as { answer: { answers: object[] } };
    expect(answer.answers).toEqual([{ invalid: expect.stringContaining('schedule') as unknown }]);
    expect(await claim(1)).toEqual(refused('n1 run-1 e1'));
  });

  test.each(['constructor', '__proto__', 'clam'])(
    'given a question %s, it is told that there is none',
    async (name) => {
      node('n1', () => true);
      await nc.flush();
      const { data } = await nc.request(subjects.desk(0, 'e1', name), '{"schedule":"s"}');
      expect(JSON.parse(new TextDecoder().decode(data))).toEqual({ invalid: `there is no question ${name}` });
    },
  );

  test('are asked one by one of a scheduler that knows no better', async () => {
    const old = nc.subscribe(subjects.desk('*', '*', '*'), {
      callback: (_, message) => {
        const question = message.subject.split('.').at(-1);
        const { run } = message.json<{ run: string }>();
        const answer = { answer: refused(`old ${run}`) };
        message.respond(JSON.stringify(question === 'batch' ? { invalid: 'no such question' } : answer));
      },
    });
    closers.push(() => old.unsubscribe());
    const { all, sent } = executor();
    // The same shard each: they would go together.
    await all(40);
    expect(await all(3)).toEqual([refused('old run-0'), refused('old run-1'), refused('old run-2')]);
    sent.length = 0;
    await all(40);
    await nc.flush();
    expect(new Set(sent)).toEqual(new Set(['claim']));
  });
});
