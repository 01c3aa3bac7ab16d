import { describe, expect, test } from '@jest/globals';
import { Actors, scheduleAggregate } from '#lib/application/actors';
import { passing, stillTime, VirtualTime } from '#lib/ports/testing';
import type { StoredEvent } from '#lib/contracts/events';
import type { Heartbeat } from '#lib/contracts/messages';
import { idleHeartbeat } from '#lib/contracts/testing';
import { scheduleStream } from '#lib/contracts/streams';
import { MINUTE } from '#lib/domain/kernel';
import type { ScheduleEvent } from '#lib/domain/schedule';
import { definition, T0 } from '#lib/domain/testing';
import { MemoryEventStore } from '#lib/event-store/memory';
import { soleHolder } from '#lib/ports';
import { LeaseWatchSaga } from './lease-watch.saga.js';

const RUN = 'run-1';
const idle = idleHeartbeat('x1', { at: T0 });

function watching(...events: readonly ScheduleEvent[]): LeaseWatchSaga {
  const environment = stillTime(T0);
  const actors = new Actors({ store: new MemoryEventStore(), environment, capacity: 10, snapshotEvery: 100 });
  const options = { actors, environment, leases: soleHolder, leaseMs: MINUTE, onError: () => {} };
  const saga = new LeaseWatchSaga(options);
  for (const event of events)
    saga.handle({ ...event, stream: scheduleStream('s1'), metadata: { tenant: 'default' } } as StoredEvent);
  return saga;
}

const started = (attempt: number, fence: number): ScheduleEvent => ({
  type: 'RunStarted',
  data: { run: RUN, attempt, fence, executor: 'x1', claim: 'c1', deadline: T0 + MINUTE },
});
const snoozed = (attempt: number): ScheduleEvent => ({
  type: 'RunSnoozed',
  data: { run: RUN, attempt, until: T0 + 1, class: 'DATA_NOT_READY', message: 'not yet', durationMs: 1 },
});
const cancelRequested: ScheduleEvent = {
  type: 'RunCancelRequested',
  data: { run: RUN, reason: 'requested' },
};

const beat = (attempt: number, fence: number): Heartbeat => ({
  ...idle,
  running: [{ tenant: 'default', schedule: 's1', run: RUN, attempt, fence }],
});
const alive = { lost: [], cancel: [], unaware: [] };

test('given an attempt that runs, whoever holds it is left alone', () => {
  expect(watching(started(1, 1)).heartbeat(beat(1, 1))).toEqual(alive);
});

test('given an executor that names what another one holds, nothing is held by that, and it is told so', async () => {
  const time = new VirtualTime(T0);
  const environment = passing(time);
  const store = new MemoryEventStore();
  const actors = new Actors({ store, environment, capacity: 10, snapshotEvery: 100 });
  const stream = scheduleStream('s1');
  const run = 's1.m.r1';
  for (const command of [
    { type: 'CreateSchedule', id: 's1', definition: definition() },
    { type: 'TriggerRun', request: 'r1' },
    { type: 'StartRun', run, attempt: 1, executor: 'x1', claim: 'c1' },
  ] as const)
    await actors.execute(scheduleAggregate, stream, command, {
      tenant: 'default',
      actor: 'test',
      correlation: 'c',
    });
  const options = { actors, environment, leases: soleHolder, leaseMs: MINUTE, onError: () => {} };
  const saga = new LeaseWatchSaga(options);
  saga.start({ wakeUpsBefore: () => [], openRuns: () => [] });
  for (const event of await store.readStream(stream)) saga.handle(event as unknown as StoredEvent);
  const named = [{ tenant: 'default', schedule: 's1', run, attempt: 1, fence: 1 }];
  const foreign = { ...idleHeartbeat('x2', { at: T0 }), running: named };
  for (let eighths = 0; eighths < 16; eighths += 1) {
    expect(saga.heartbeat(foreign).lost).toEqual([{ run, fence: 1 }]);
    time.advance(MINUTE / 8);
    await actors.read(scheduleAggregate, stream, 'default');
  }
  saga.stop();
  expect((await store.readStream(stream)).map(({ type }) => type)).toContain('RunFailed');
});

test('given an attempt that ended, whoever still runs it is told that it lost it', () => {
  expect(watching(started(1, 1), snoozed(1)).heartbeat(beat(1, 1))).toEqual({
    ...alive,
    lost: [{ run: RUN, fence: 1 }],
  });
});

test('given a later attempt runs, whoever still runs the earlier one is told that it lost that one', () => {
  expect(watching(started(1, 1), snoozed(1), started(2, 2)).heartbeat(beat(1, 1))).toEqual({
    ...alive,
    lost: [{ run: RUN, fence: 1 }],
  });
});

test('given a node that has not read as far as the executor has come, the attempt that it does not know is left alone', () => {
  expect(watching(started(1, 1)).heartbeat(beat(2, 2))).toEqual(alive);
  expect(watching(started(1, 1), snoozed(1)).heartbeat(beat(2, 2))).toEqual(alive);
  expect(watching().heartbeat(beat(2, 2))).toEqual(alive);
});

test('given somebody asked for the run to stop, each heartbeat is answered with that', () => {
  const saga = watching(started(1, 1), cancelRequested);
  for (let again = 0; again < 2; again += 1)
    expect(saga.heartbeat(beat(1, 1))).toEqual({ ...alive, cancel: [RUN] });
});

test('given a restart after somebody asked for it, the heartbeat is answered with that still', () => {
  const saga = watching();
  saga.start({
    wakeUpsBefore: () => [],
    openRuns: () => [
      {
        run: RUN,
        schedule: 's1',
        tenant: 'default',
        user: 'u',
        connection: 'c',
        provider: 'p',
        priority: 'normal',
        attempt: 1,
        status: 'running',
        queuedAt: T0,
        fence: 1,
        executor: 'x1',
        cancelRequested: true,
      },
    ],
  });
  saga.stop();
  expect(saga.heartbeat(beat(1, 1))).toEqual({ ...alive, cancel: [RUN] });
  // Nor is it known which process has it: who does not name it may be told.
  const unnamed: Heartbeat = { ...idle, claim: 'c1' };
  expect([unnamed, unnamed].map((sent) => saga.heartbeat(sent).unaware)).toEqual([[], [RUN]]);
});

test('given two heartbeats in a row do not name what their process holds, it does not know of it', () => {
  const saga = watching(started(1, 1));
  const unnamed: Heartbeat = { ...idle, claim: 'c1' };
  expect([unnamed, unnamed, unnamed].map((sent) => saga.heartbeat(sent).unaware)).toEqual([[], [RUN], [RUN]]);
  expect(saga.heartbeat({ ...beat(1, 1), claim: 'c1' })).toEqual(alive);
  expect(saga.heartbeat(unnamed)).toEqual(alive);
  expect(saga.heartbeat({ ...unnamed, asking: [{ run: RUN, attempt: 1 }] })).toEqual(alive);
});

test('given another process of the name that held it, nothing is held by that', () => {
  const saga = watching(started(1, 1));
  const successor: Heartbeat = { ...idle, claim: 'c2' };
  for (let again = 0; again < 3; again += 1) expect(saga.heartbeat(successor)).toEqual(alive);
});

describe('an attempt that was granted, and whose claim has no answer', () => {
  const LEASE = MINUTE;

  /** What an executor is told that comes back after all and names it. */
  let lost: readonly object[] = [];

  /** It stands in the log; then heartbeats for three leases, and what the schedule's stream says after. */
  async function afterBeats(said: Partial<Heartbeat>, restarted = false): Promise<readonly string[]> {
    const time = new VirtualTime(T0);
    const environment = passing(time);
    const store = new MemoryEventStore();
    const actors = new Actors({ store, environment, capacity: 10, snapshotEvery: 100 });
    const context = { tenant: 'default', actor: 'test', correlation: 'c' };
    const stream = scheduleStream('s1');
    const run = 's1.m.r1';
    const claim = { type: 'StartRun', run, attempt: 1, executor: 'x1', claim: 'claim-1' } as const;
    for (const command of [
      { type: 'CreateSchedule', id: 's1', definition: definition() },
      { type: 'TriggerRun', request: 'r1' },
      claim,
    ] as const)
      await actors.execute(scheduleAggregate, stream, command, context);
    const options = { actors, environment, leases: soleHolder, leaseMs: LEASE, onError: () => {} };
    const saga = new LeaseWatchSaga(options);
    const about = { schedule: 's1', tenant: 'default', user: 'u', connection: 'c', provider: 'p' };
    const open = { ...about, run, attempt: 1, priority: 'normal', queuedAt: T0, status: 'running' } as const;
    saga.start({
      wakeUpsBefore: () => [],
      openRuns: () => (restarted ? [{ ...open, fence: 1, executor: 'x1' }] : []),
    });
    if (!restarted)
      for (const event of await store.readStream(stream)) saga.handle(event as unknown as StoredEvent);
    for (let elapsed = 0; elapsed < 3 * LEASE; elapsed += LEASE / 8) {
      saga.heartbeat({ ...idle, ...said });
      time.advance(LEASE / 8);
      await actors.read(scheduleAggregate, stream, 'default');
    }
    const late = { tenant: 'default', schedule: 's1', run, attempt: 1, fence: 1 };
    lost = saga.heartbeat({ ...idle, running: [late] }).lost;
    saga.stop();
    return (await store.readStream(stream)).map(({ type }) => type).slice(3);
  }
  const asking = [{ run: 's1.m.r1', attempt: 1 }];

  test('given the executor says that it is asking, it keeps its lease', async () => {
    expect(await afterBeats({ claim: 'claim-1', asking })).toEqual([]);
  });

  test('given this node was started after it was granted, it keeps its lease as well', async () => {
    expect(await afterBeats({ claim: 'claim-1', asking }, true)).toEqual([]);
  });

  test('given nobody says that it is asking, or another process of that name, the lease is lost', async () => {
    expect(await afterBeats({ claim: 'claim-1', asking: [] })).toEqual(['RunFailed', 'RetryScheduled']);
    expect(await afterBeats({})).toEqual(['RunFailed', 'RetryScheduled']);
    // Also before the end of it was seen in the log.
    expect(lost).toEqual([{ run: 's1.m.r1', fence: 1 }]);
    expect(await afterBeats({ claim: 'claim-2', asking })).toEqual(['RunFailed', 'RetryScheduled']);
  });
});
