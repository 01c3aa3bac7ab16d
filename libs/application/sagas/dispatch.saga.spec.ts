import { beforeEach, describe, expect, test } from '@jest/globals';
import { Actors, providerAggregate } from '#lib/application/actors';
import { Admission } from '#lib/application/admission';
import { decodeEvent, type StoredEvent } from '#lib/contracts/events';
import { DISPATCH_LEASE, type WorkItem } from '#lib/contracts/messages';
import { providerStream, scheduleStream } from '#lib/contracts/streams';
import { HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
import { T0 } from '#lib/domain/testing';
import { MemoryEventStore } from '#lib/event-store/memory';
import type { WorkDistribution } from '#lib/messaging/port';
import type { Environment, Leases } from '#lib/ports';
import { nthId, VirtualTime } from '#lib/ports/testing';
import { DispatchSaga } from './dispatch.saga.js';
import type { IndexedRun } from './saga.js';

const PROVIDER = 'anything';
const breaker = { failures: 3, openMs: MINUTE, maxOpenMs: HOUR };

/** Whoever takes work, and is told of it. */
class Work {
  readonly told: string[] = [];
  lost: (run?: string) => void = () => {};

  readonly port = {
    offer: ({ run, epoch, repeat }: WorkItem) => void this.told.push(`offer ${run} ${epoch} ${repeat}`),
    onLost: (listener: (run?: string) => void) => void (this.lost = listener),
    withdraw: (run: string) => void this.told.push(`withdraw ${run}`),
    cancel: (run: string) => void this.told.push(`cancel ${run}`),
    settled: () => {},
  } as unknown as WorkDistribution;

  /** What it was told since it was asked last. */
  get news(): readonly string[] {
    return this.told.splice(0);
  }
}

/** One lease, held or not. */
class Lease implements Leases {
  held = true;
  #epoch = 1;
  #changed: () => void = () => {};
  holds = (lease: string): boolean => lease === DISPATCH_LEASE && this.held;
  epoch = (): number => this.#epoch;
  onChange(listener: () => void): () => void {
    this.#changed = listener;
    return () => {};
  }
  pass(held: boolean): void {
    this.held = held;
    this.#epoch += 1;
    this.#changed();
  }
}

async function house({ open = [] as readonly IndexedRun[], held = true, placed = false } = {}) {
  const time = new VirtualTime(T0);
  let ids = 0;
  const environment = {
    ...time,
    clock: time.clock,
    timers: time.timers,
    random: { fraction: () => 0.5 },
    ids: { next: () => nthId((ids += 1)) },
  } as Environment;
  const store = new MemoryEventStore();
  const actors = new Actors({ store, environment, capacity: 10, snapshotEvery: 100 });
  const admission = new Admission({ global: 2, connection: 1, ageingMs: HOUR });
  const lease = new Lease();
  lease.held = held;
  const work = new Work();
  const errors: string[] = [];
  const begun: string[] = [];
  const saga = new DispatchSaga({
    actors,
    admission,
    environment,
    leases: lease,
    work: work.port,
    placeStart: ({ run }) => placed && begun.push(run) > 0,
    onError: (what) => void errors.push(what),
  });
  saga.start({ openRuns: () => open, wakeUpsBefore: () => [] });
  let shown = 0;
  /** Everything that is ready has run, and what it stored of the provider was shown. */
  const settle = async (): Promise<void> => {
    await time.settle();
    const events = await store.readStream(providerStream(PROVIDER), { from: shown });
    shown += events.length;
    for (const event of events) saga.handle(decodeEvent(event) as StoredEvent);
    await time.settle();
  };
  const provider = async (): Promise<readonly string[]> =>
    (await store.readStream(providerStream(PROVIDER), { from: 1 })).map(({ type }) => type);
  const pass = async (ms: number): Promise<void> => {
    // Step by step, as it passes: a timer that is set by another is due in its turn.
    for (let left = ms; left > 0; left -= Math.min(left, SECOND)) {
      time.advance(Math.min(left, SECOND));
      await settle();
    }
  };
  const limits = { concurrency: 9, userConcurrency: 9, breaker };
  const change = { type: 'ChangeProviderLimits', provider: PROVIDER, limits } as const;
  const context = { tenant: 'default', actor: 'test', correlation: 'c' };
  await actors.execute(providerAggregate, providerStream(PROVIDER), change, context);
  await settle();
  return { time, saga, admission, lease, work, errors, begun, settle, provider, pass };
}

let position = 0;
const event = (type: string, run: string, data: object = {}): StoredEvent =>
  ({
    id: nthId((position += 1)),
    type,
    data: { run, attempt: 1, ...data },
    stream: scheduleStream(`s-${run}`),
    revision: position,
    position,
    metadata: { v: 1, at: T0, tenant: 'default', actor: 'test', correlation: 'c' },
  }) as unknown as StoredEvent;
const queued = (run: string, more: object = {}): StoredEvent =>
  event('RunQueued', run, { priority: 'normal', user: run, connection: run, provider: PROVIDER, ...more });
const failed = (run: string, error: object): StoredEvent => event('RunFailed', run, { error });
const broken = { class: 'TRANSIENT', code: 'http_500', message: 'of ann' };

let its: Awaited<ReturnType<typeof house>>;
beforeEach(async () => {
  its = await house();
});
const show = async (...events: readonly StoredEvent[]): Promise<void> => {
  for (const each of events) {
    its.saga.handle(each);
    await its.settle();
  }
};
/** Queued, offered, begun, and failed. */
const fails = async (run: string, error: object = broken): Promise<void> => {
  await show(queued(run), event('RunStarted', run), failed(run, error));
};

describe('runs that wait', () => {
  test('are offered as far as limits allow, the next with each place that becomes free', async () => {
    await show(queued('a'), queued('b'), queued('c'));
    expect(its.work.news).toEqual(['offer a 1 0', 'offer b 1 0']);
    await show(event('RunStarted', 'a'), event('RunSucceeded', 'a'));
    expect(its.work.news).toEqual(['offer c 1 0']);
  });

  test('begin where a place is known, and are not offered then', async () => {
    its = await house({ placed: true });
    await show(queued('a'));
    expect([its.begun, its.work.news]).toEqual([['a'], []]);
  });

  test('and those that ran when this node began are known to it', async () => {
    const run = (name: string, status: string): IndexedRun =>
      ({
        run: name,
        schedule: 's',
        tenant: 'default',
        user: name,
        connection: name,
        provider: PROVIDER,
        priority: 'normal',
        attempt: 1,
        status,
        queuedAt: T0,
      }) as IndexedRun;
    its = await house({
      open: [run('r', 'running'), run('w', 'retrying'), run('q', 'queued'), run('x', 'queued')],
    });
    expect(its.work.news).toEqual(['offer q 1 0']);
  });

  test('are offered again when nobody took them for ten seconds, or what carried them is gone', async () => {
    await show(queued('a'));
    await its.pass(9 * SECOND);
    expect(its.work.news).toEqual(['offer a 1 0']);
    await its.pass(SECOND);
    expect(its.work.news).toEqual(['withdraw a', 'offer a 1 1']);
    its.work.lost('a');
    await its.pass(SECOND);
    expect(its.work.news).toEqual(['withdraw a', 'offer a 1 2']);
    its.work.lost('another');
    await its.pass(SECOND);
    expect(its.work.news).toEqual([]);
    its.work.lost();
    await show(event('RunStarted', 'a'));
    await its.pass(SECOND);
    expect(its.work.news).toEqual([]);
  });
});

describe('a node', () => {
  test('that does not dispatch offers nothing; once it does, it waits for half a second first', async () => {
    its = await house({ held: false });
    await show(queued('a'));
    await its.pass(3 * SECOND);
    expect(its.work.news).toEqual([]);
    expect(its.saga.nothingToOffer).toBe(false);
    its.lease.pass(true);
    await its.pass(SECOND / 2);
    expect(its.work.news).toEqual([]);
    await its.pass(1);
    expect(its.work.news).toEqual(['offer a 2 0']);
    expect(its.saga.nothingToOffer).toBe(true);
  });

  test('that has lost its turn offers no more; when it has it again, what it had offered is offered anew', async () => {
    await show(queued('a'));
    its.lease.pass(false);
    await show(queued('b'));
    await its.pass(20 * SECOND);
    expect(its.work.news).toEqual(['offer a 1 0']);
    its.lease.pass(true);
    await its.pass(SECOND);
    expect(its.work.news.toSorted()).toEqual(['offer a 3 1', 'offer b 3 0']);
  });

  test('that is stopped offers nothing more', async () => {
    await show(queued('a'));
    its.saga.stop();
    expect(its.time.pending).toBe(0);
    await show(event('RunStarted', 'a'), event('RunSucceeded', 'a'), queued('b'));
    await its.pass(20 * SECOND);
    expect(its.work.news).toEqual(['offer a 1 0']);
  });
});

describe('whoever has a run', () => {
  test('is told when it is to stop, by whoever dispatches', async () => {
    await show(queued('a'), event('RunStarted', 'a'), event('RunCancelRequested', 'a'));
    expect(its.work.news).toEqual(['offer a 1 0', 'cancel a']);
    its.lease.pass(false);
    await show(event('RunCancelRequested', 'a'), event('RunCancelled', 'a'));
    expect(its.work.news).toEqual([]);
  });

  test.each(['RunCancelled', 'RunAbandoned'])('is told of %s, of one that waits nobody is', async (type) => {
    await show(queued('a'), queued('b'), queued('c'), event(type, 'a'));
    expect(its.work.news).toEqual(['offer a 1 0', 'offer b 1 0', 'cancel a', 'offer c 1 0']);
    await show(queued('d'), event(type, 'd'));
    expect(its.work.news).toEqual([]);
  });
});

describe('a provider', () => {
  test('is known from before this node began', async () => {
    await its.settle();
    its.saga.restore({ provider: 'paused', pause: {} });
    its.saga.restore({
      provider: 'failing',
      circuit: { status: 'open', until: T0 + MINUTE, opened: 1, failures: 9, message: 'no' },
    });
    its.saga.restore({ provider: 'narrow', limits: { concurrency: 1, userConcurrency: 1, breaker } });
    for (const [run, provider] of [
      ['a', 'paused'],
      ['b', 'failing'],
      ['c', 'narrow'],
      ['d', 'narrow'],
    ] as const)
      await show(queued(run, { provider }));
    expect(its.work.news).toEqual(['offer c 1 0']);
    expect(Object.fromEntries(its.admission.stopped(T0))).toEqual({
      paused: 'provider_paused',
      failing: 'circuit_open',
      narrow: 'provider_concurrency',
    });
  });

  test('that fails three times in a row is left alone for a minute, probed once, and open to all when that succeeds', async () => {
    for (const run of ['a', 'b']) await fails(run);
    expect(await its.provider()).toEqual([]);
    await fails('c');
    expect(await its.provider()).toEqual(['CircuitOpened']);
    its.work.told.length = 0;
    await show(queued('d'), queued('e'));
    await its.pass(MINUTE - SECOND);
    expect(its.work.news).toEqual([]);
    await its.pass(SECOND + 1);
    expect(its.work.news).toEqual(['offer d 1 0']);
    await show(event('RunStarted', 'd'), event('RunSucceeded', 'd'));
    expect(await its.provider()).toEqual(['CircuitOpened', 'CircuitClosed']);
    expect(its.work.news).toEqual(['offer e 1 0']);
    expect(its.errors).toEqual([]);
  });

  test('whose probe fails is left alone for twice as long', async () => {
    for (const run of ['a', 'b', 'c']) await fails(run);
    await its.pass(MINUTE + 1);
    await fails('d');
    expect(await its.provider()).toEqual(['CircuitOpened', 'CircuitOpened']);
    expect(its.admission.lane(PROVIDER).circuit).toMatchObject({ opened: 2, until: T0 + 3 * MINUTE + 1 });
  });

  test('that succeeds in between has not failed in a row', async () => {
    for (const run of ['a', 'b']) await fails(run);
    await show(queued('ok'), event('RunStarted', 'ok'), event('RunSucceeded', 'ok'));
    for (const run of ['c', 'd']) await fails(run);
    expect(await its.provider()).toEqual([]);
  });

  test.each([
    ['a wrong setting of one connection', { class: 'CONFIG', message: 'no' }],
    ['the app of one connection', { class: 'APP_BLOCKED', message: 'no', bucket: 'own' }],
  ])('is not judged by %s', async (_, error) => {
    for (const run of ['a', 'b', 'c', 'd']) await fails(run, error);
    expect(await its.provider()).toEqual([]);
  });

  test('that refuses the service is paused for three hours, and goes on by itself', async () => {
    await fails('a', { class: 'APP_BLOCKED', code: 'http_403', message: 'of ann' });
    expect(await its.provider()).toContain('ProviderPaused');
    its.work.told.length = 0;
    await show(queued('b'));
    await its.pass(3 * HOUR - SECOND);
    expect(its.work.news).toEqual([]);
    await its.pass(2 * SECOND);
    expect(await its.provider()).toContain('ProviderResumed');
    expect(its.work.news).toEqual(['offer b 1 0']);
  });

  test('that asks to wait is asked by nobody until then, unless what it named is of one connection, or of its data', async () => {
    const snoozed = (run: string, more: object): StoredEvent =>
      event('RunSnoozed', run, { until: T0 + 30 * SECOND, class: 'RATE_LIMITED', message: 'later', ...more });
    for (const [run, more] of [
      ['a', { bucket: 'own' }],
      ['b', { class: 'DATA_NOT_READY' }],
    ] as const)
      await show(queued(run), event('RunStarted', run), snoozed(run, more));
    await show(queued('c'));
    expect(its.work.news).toEqual(['offer a 1 0', 'offer b 1 0', 'offer c 1 0']);
    await show(event('RunStarted', 'c'), snoozed('c', {}), queued('d'));
    await its.pass(29 * SECOND);
    expect(its.work.news).toEqual([]);
    await its.pass(SECOND + 1);
    expect(its.work.news).toEqual(['offer d 1 0']);
  });

  test('is commanded by whoever dispatches, and by nobody else', async () => {
    its.lease.pass(false);
    for (const run of ['a', 'b', 'c', 'd']) await fails(run);
    expect(await its.provider()).toEqual([]);
  });

  test('says of a failure which kind it was, and nothing that its message says', async () => {
    for (const run of ['a', 'b', 'c']) await fails(run);
    expect(its.admission.lane(PROVIDER).circuit).toMatchObject({
      message: 'TRANSIENT (http_500)',
      failures: 3,
    });
  });
});
