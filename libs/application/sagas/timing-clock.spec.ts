import { expect, test } from '@jest/globals';
import { Actors, scheduleAggregate, type Unstamped } from '#lib/application/actors';
import { decodeEvent, type StoredEvent } from '#lib/contracts/events';
import { parseStream, scheduleStream } from '#lib/contracts/streams';
import { HOUR, MINUTE, SECOND, type Instant } from '#lib/domain/kernel';
import type { Recurrence } from '#lib/domain/recurrence';
import type { ScheduleCommand } from '#lib/domain/schedule';
import { definition, hourly, T0 } from '#lib/domain/testing';
import { MemoryEventStore } from '#lib/event-store/memory';
import type { Leases } from '#lib/ports';
import { passing, VirtualTime } from '#lib/ports/testing';
import type { WakeUp, WorkIndex } from './saga.js';
import { TimingSaga } from './timing.saga.js';

/** Schedules, and time that passes for them: from one timer to the next. */

const atMinute = (minute: number): Recurrence => ({ ...hourly, frequency: 'hourly', minute });
const context = { tenant: 'default', actor: 'test', correlation: 'c' };

/** What the read model would have: the last wake-up that each schedule's events name. */
class Index implements WorkIndex {
  readonly wakeUps = new Map<string, Instant>();
  openRuns = (): readonly [] => [];
  wakeUpsBefore(horizon: Instant, limit: number, after = { wakeAt: 0, schedule: '' }): readonly WakeUp[] {
    return [...this.wakeUps]
      .map(([schedule, wakeAt]) => ({ schedule, tenant: 'default', wakeAt }))
      .filter(
        ({ wakeAt, schedule }) => wakeAt < horizon && (wakeAt > after.wakeAt || schedule > after.schedule),
      )
      .sort((a, b) => a.wakeAt - b.wakeAt || (a.schedule < b.schedule ? -1 : 1))
      .slice(0, limit);
  }
}

function house() {
  const time = new VirtualTime(T0);
  /** How far the wall clock was set. */
  let wall = 0;
  const clock = { now: () => time.clock.now() + wall, monotonic: () => time.clock.monotonic() };
  const environment = { ...passing(time), clock };
  const store = new MemoryEventStore();
  const actors = new Actors({ store, environment, capacity: 100, snapshotEvery: 1_000 });
  const index = new Index();
  const held = { all: true };
  let changed = (): void => {};
  const leases: Leases = {
    holds: () => held.all,
    epoch: () => 1,
    onChange: (listener) => {
      changed = listener;
      return () => {};
    },
  };
  const errors: string[] = [];
  const onError = (what: string): void => void errors.push(what);
  const timing = new TimingSaga({ actors, environment, leases, index, indexed: async () => true, onError });
  let shown = 0;
  /** Everything that is ready has run, and saga and index were shown what it stored. */
  const settle = async (): Promise<void> => {
    for (;;) {
      await time.settle();
      const events = await store.readAll(shown, 1_000);
      if (events.length === 0) return;
      for (const event of events) {
        shown = event.position;
        const { wakeAt } = event.metadata;
        const id = parseStream(event.stream)?.id ?? '';
        if (wakeAt === null) index.wakeUps.delete(id);
        else if (wakeAt !== undefined) index.wakeUps.set(id, wakeAt);
        timing.handle(decodeEvent(event) as StoredEvent);
      }
    }
  };
  const command = async (id: string, what: Unstamped<ScheduleCommand>): Promise<void> => {
    const answer = await actors.execute(scheduleAggregate, scheduleStream(id), what, context);
    if (!answer.ok) throw new Error(answer.rejection.message);
    await settle();
  };
  return {
    timing,
    actors,
    errors,
    command,
    create: (id: string, minute: number) =>
      command(id, {
        type: 'CreateSchedule',
        id,
        definition: definition({ overlap: 'allow_all', recurrence: atMinute(minute) }),
      }),
    /** From timer to timer, until so much has passed. */
    async pass(ms: number): Promise<void> {
      const end = time.clock.now() + ms;
      for (await settle(); time.clock.now() < end; await settle())
        time.advance(Math.max(1, Math.min(time.next ?? ms, end - time.clock.now())));
    },
    set: (by: number): void => void (wall += by),
    lease: (all: boolean): void => {
      held.all = all;
      changed();
    },
    /** What ran, and how many minutes after the hour by the clock. */
    async ran(): Promise<readonly string[]> {
      const events = await store.readAll(0, 10_000);
      return events
        .filter(({ type }) => type === 'RunQueued')
        .map(({ stream, metadata }) => `${parseStream(stream)?.id ?? ''} ${(metadata.at - T0) / MINUTE}`);
    },
  };
}

test('given schedules, each is advanced at its instant and not before, whichever was made first', async () => {
  const its = house();
  its.timing.start();
  for (const [id, minute] of [
    ['c', 3],
    ['a', 1],
    ['b', 2],
  ] as const)
    await its.create(id, minute);
  await its.pass(MINUTE - 1);
  expect(await its.ran()).toEqual([]);
  await its.pass(1);
  expect(await its.ran()).toEqual(['a 1']);
  await its.pass(3 * MINUTE);
  expect(await its.ran()).toEqual(['a 1', 'b 2', 'c 3']);
  await its.pass(HOUR);
  expect(await its.ran()).toEqual(['a 1', 'b 2', 'c 3', 'a 61', 'b 62', 'c 63']);
  expect(its.errors).toEqual([]);
});

test('given one that is due in an hour, it is kept in memory when that comes near, and is on time', async () => {
  const its = house();
  its.timing.start();
  await its.create('a', 50);
  expect(its.timing.size).toBe(0);
  await its.pass(44 * MINUTE);
  expect(its.timing.size).toBe(0);
  await its.pass(5 * MINUTE);
  expect(its.timing.size).toBe(1);
  await its.pass(MINUTE);
  expect(await its.ran()).toEqual(['a 50']);
});

test('given one that is to be woken earlier than it was, later, or not at all, the last word counts', async () => {
  const its = house();
  its.timing.start();
  for (const id of ['a', 'b', 'c']) await its.create(id, 3);
  await its.command('a', { type: 'UpdateSchedule', changes: { recurrence: atMinute(1) } });
  await its.command('b', { type: 'UpdateSchedule', changes: { recurrence: atMinute(4) } });
  await its.command('c', { type: 'PauseSchedule', cause: 'request' });
  await its.pass(10 * MINUTE);
  expect(await its.ran()).toEqual(['a 1', 'b 4']);
});

test('given a clock that is set forward, what is due by it runs within a second; set back, nothing runs twice', async () => {
  const its = house();
  its.timing.start();
  await its.create('a', 3);
  its.set(3 * MINUTE);
  await its.pass(SECOND);
  expect((await its.ran()).map((one) => Math.floor(Number(one.slice(2))))).toEqual([3]);
  its.set(-3 * MINUTE);
  await its.pass(10 * MINUTE);
  expect(await its.ran()).toHaveLength(1);
  await its.pass(HOUR);
  expect((await its.ran()).slice(1)).toEqual(['a 63']);
});

test('given a shard that is another’s, its schedules are left alone; once it is won, what is overdue runs at once', async () => {
  const its = house();
  its.lease(false);
  its.timing.start();
  await its.create('a', 1);
  await its.pass(5 * MINUTE);
  expect(await its.ran()).toEqual([]);
  its.lease(true);
  await its.pass(1);
  expect((await its.ran()).map((one) => Math.floor(Number(one.slice(2))))).toEqual([5]);
});

test('given one that cannot be advanced, it is tried again each second, and others are on time', async () => {
  const its = house();
  its.timing.start();
  await its.create('a', 1);
  await its.actors.close();
  await its.pass(MINUTE + 5 * SECOND);
  expect(its.errors).toEqual(Array.from({ length: 6 }, () => 'advance a'));
});

test('given it is stopped, nothing is advanced any more', async () => {
  const its = house();
  its.timing.start();
  await its.create('a', 1);
  await its.timing.stop();
  await its.pass(5 * MINUTE);
  expect(await its.ran()).toEqual([]);
});
