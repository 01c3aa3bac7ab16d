import { describe, expect, test } from '@jest/globals';
import { scheduleStream } from '#lib/contracts/streams';
import { HOUR } from '#lib/domain/kernel';
import { definition, T0 } from '#lib/domain/testing';
import type { LivingSchedule } from '#lib/domain/schedule';
import { MemoryEventStore } from '#lib/event-store/memory';
import {
  storeUnavailable,
  wrongExpectedRevision,
  type Appended,
  type NewEvent,
  type ReadStreamOptions,
  type RecordedEvent,
} from '#lib/event-store/port';
import { stillTime, until } from '#lib/ports/testing';
import { Actors, scheduleAggregate, type CommandAnswer } from './index.js';

/** What an actor keeps, what it reads again, and when. */

const context = { tenant: 'default', actor: 'api:test', correlation: 'c-1' };
const environment = stillTime(T0 + HOUR / 2);

/** A log that tells what was read of it, and takes appends when it is told to. */
class WatchedStore extends MemoryEventStore {
  readonly reads: number[] = [];
  readonly appended: string[] = [];
  gate: Promise<void> = Promise.resolve();

  override async readStream(
    stream: string,
    options: ReadStreamOptions = {},
  ): Promise<readonly RecordedEvent[]> {
    this.reads.push(options.from ?? 0);
    return super.readStream(stream, options);
  }

  override async append(stream: string, expected: number, events: readonly NewEvent[]): Promise<Appended> {
    await this.gate;
    this.appended.push(stream);
    return super.append(stream, expected, events);
  }
}

const over = (store: MemoryEventStore, more = {}): Actors =>
  new Actors({ store, environment, capacity: 100, snapshotEvery: 10_000, ...more });

const create = (actors: Actors, id = 's1', overlap: 'allow_all' | 'skip' = 'allow_all') =>
  actors.execute(
    scheduleAggregate,
    scheduleStream(id),
    { type: 'CreateSchedule', id, definition: definition({ overlap }) },
    context,
  );
const trigger = (actors: Actors, request: string, id = 's1'): Promise<CommandAnswer<object>> =>
  actors.execute(scheduleAggregate, scheduleStream(id), { type: 'TriggerRun', request }, context);
const stateOf = async (actors: Actors, id = 's1') =>
  (await actors.read(scheduleAggregate, scheduleStream(id))).state as LivingSchedule;

describe('a stream that one process has', () => {
  test('that is let go of amid a command is answered, and read again when somebody asks', async () => {
    const store = new WatchedStore();
    const actors = over(store);
    const created = create(actors);
    actors.drop(scheduleStream('s1'));
    expect(await created).toMatchObject({ ok: true });
    await until(() => actors.size === 0);
    store.reads.length = 0;
    expect(await stateOf(actors)).toMatchObject({ status: 'active', version: 1 });
    expect(store.reads).not.toEqual([]);
  });

  test('is read once, and what is decided goes on from memory', async () => {
    const first = new WatchedStore();
    await create(over(first));
    const store = new WatchedStore({ log: first.log });
    const actors = over(store);
    for (const request of ['r1', 'r2', 'r3']) expect((await trigger(actors, request)).ok).toBe(true);
    expect(store.reads).toEqual([0]);
    expect((await stateOf(actors)).open).toHaveLength(3);
    expect(store.reads).toEqual([0]);
  });

  test('and is longer than what is read at once, is read to its end', async () => {
    const first = new WatchedStore();
    const writer = over(first);
    await create(writer);
    for (let n = 1; n < 1_000; n += 1) await trigger(writer, `r${n}`);
    const store = new WatchedStore({ log: first.log });
    expect(await over(store).read(scheduleAggregate, scheduleStream('s1'))).toEqual({
      state: await stateOf(writer),
      revision: 999,
    });
    expect(store.reads).toEqual([0, 500, 1_000]);
  });

  test('is not kept beyond the room there is, and is read again when it is asked for', async () => {
    const store = new WatchedStore();
    const actors = over(store, { capacity: 4 });
    for (let n = 0; n < 20; n += 1) {
      await create(actors, `s${n}`);
      await trigger(actors, 'r1', `s${n}`);
    }
    expect(actors.size).toBeLessThanOrEqual(4);
    await trigger(actors, 'r2', 's0');
    expect((await stateOf(actors, 's0')).open.map(({ run }) => run)).toEqual(['s0.m.r1', 's0.m.r2']);
  });
});

describe('a snapshot', () => {
  const withSnapshot = async () => {
    const store = new WatchedStore();
    const actors = over(store, { snapshotEvery: 4 });
    await create(actors);
    for (const request of ['r1', 'r2', 'r3', 'r4']) await trigger(actors, request);
    return { store, actors };
  };

  test('stands for what came before it: only what came since is read', async () => {
    const { store: first, actors } = await withSnapshot();
    const store = new WatchedStore({ log: first.log });
    const later = over(store);
    expect(await stateOf(later)).toEqual(await stateOf(actors));
    expect(store.reads).toEqual([4]);
    // Whose it is, is known without its first event.
    const stranger = { ...context, tenant: 'other' };
    const asked = { type: 'TriggerRun', request: 'r9' } as const;
    expect(await later.execute(scheduleAggregate, scheduleStream('s1'), asked, stranger)).toMatchObject({
      rejection: { reason: 'schedule_not_found' },
    });
  });

  test('of another release is not used', async () => {
    const { store: first, actors } = await withSnapshot();
    const kept = await first.readSnapshot(scheduleStream('s1'));
    const state = { state: { status: 'absent' }, recent: [], tenant: 'default' };
    await first.writeSnapshot(scheduleStream('s1'), {
      revision: 3,
      version: (kept?.version ?? 0) + 1,
      state,
    });
    const store = new WatchedStore({ log: first.log });
    expect(await stateOf(over(store))).toEqual(await stateOf(actors));
    expect(store.reads).toEqual([0]);
  });

  test('that cannot be written is told of, and costs nobody an answer', async () => {
    class WithoutSnapshots extends MemoryEventStore {
      override writeSnapshot = (): Promise<void> => Promise.reject(storeUnavailable('no'));
    }
    const told: string[] = [];
    const onSnapshotError = (stream: string): void => void told.push(stream);
    const actors = over(new WithoutSnapshots(), { snapshotEvery: 1, onSnapshotError });
    expect((await create(actors)).ok).toBe(true);
    await until(() => told.length > 0);
    expect(told).toEqual(['schedule-s1']);
  });
});

describe('a stream that other processes append to', () => {
  const pair = async () => {
    const first = new MemoryEventStore();
    const other = over(first, { shared: true });
    await create(other);
    const store = new WatchedStore({ log: first.log });
    const actors = over(store, { shared: true });
    await trigger(actors, 'r1');
    store.reads.length = 0;
    const shown = async (revision: number) =>
      actors.observe((await first.readStream(scheduleStream('s1')))[revision] as RecordedEvent);
    return { other, store, actors, shown };
  };

  test('is followed by what is shown of it: nothing has to be read to accept', async () => {
    const { other, store, actors, shown } = await pair();
    await trigger(other, 'r2');
    // An old one, and its own, tell nothing new.
    for (const revision of [0, 1, 2]) await shown(revision);
    expect((await trigger(actors, 'r3')).ok).toBe(true);
    expect(store.reads).toEqual([]);
    expect((await stateOf(actors)).open).toHaveLength(3);
  });

  test('is read again where something of it was not shown', async () => {
    const { other, store, actors, shown } = await pair();
    await trigger(other, 'r2');
    await trigger(other, 'r3');
    await shown(3);
    expect((await trigger(actors, 'r4')).ok).toBe(true);
    expect(store.reads).toEqual([0]);
    expect((await stateOf(actors)).open).toHaveLength(4);
  });

  test('is read again before anything is refused, or nothing is found to do', async () => {
    const { store, actors } = await pair();
    expect(await trigger(actors, 'r1')).toMatchObject({ ok: true, events: [], position: 0 });
    expect(store.reads).toEqual([2]);
  });

  test('and changes each time that something is decided, is given up after a while, as an outage', async () => {
    const clean = new MemoryEventStore();
    await create(over(clean));
    let tried = 0;
    const faults = { beforeAppend: () => ((tried += 1), wrongExpectedRevision('schedule-s1', 0, 1)) };
    const actors = over(new MemoryEventStore({ log: clean.log, faults }), { shared: true });
    await expect(trigger(actors, 'r1')).rejects.toMatchObject({ code: 'contention' });
    expect(tried).toBe(8);
  });
});

describe('commands that wait for each other', () => {
  test('of one stream are decided one after another, those of others go on', async () => {
    const store = new WatchedStore();
    const actors = over(store);
    await create(actors, 's1', 'skip');
    await create(actors, 's2');
    const { promise, resolve } = Promise.withResolvers<void>();
    store.gate = promise;
    const [first, second] = [trigger(actors, 'r1'), trigger(actors, 'r2')];
    store.gate = Promise.resolve();
    expect(actors.peek(scheduleAggregate, scheduleStream('s1'))).toBeUndefined();
    expect((await trigger(actors, 'r1', 's2')).ok).toBe(true);
    expect(store.appended).toEqual(['schedule-s1', 'schedule-s2', 'schedule-s2']);
    resolve();
    expect((await first).ok).toBe(true);
    expect(await second).toMatchObject({ ok: false, rejection: { reason: 'run_in_progress' } });
    expect(actors.peek(scheduleAggregate, scheduleStream('s1'))).toEqual(await stateOf(actors));
  });

  test('of which one failed, the next is decided on what the log has', async () => {
    const clean = new MemoryEventStore();
    await create(over(clean));
    let away = true;
    const faults = { afterAppend: () => (away ? storeUnavailable('no answer') : undefined) };
    const store = new MemoryEventStore({ log: clean.log, faults });
    const actors = over(store);
    const first = trigger(actors, 'r1');
    const second = first.catch(() => (away = false)).then(() => trigger(actors, 'r2'));
    await expect(first).rejects.toMatchObject({ code: 'store_unavailable' });
    expect((await second).ok).toBe(true);
    expect((await stateOf(actors)).open.map(({ run }) => run)).toEqual(['s1.m.r1', 's1.m.r2']);
  });
});

test('the last event of an append says when the schedule next needs attention, and of one that is over that it does not', async () => {
  const store = new MemoryEventStore();
  const actors = over(store);
  await create(actors);
  await trigger(actors, 'r1');
  await actors.execute(scheduleAggregate, scheduleStream('s1'), { type: 'DeleteSchedule' }, context);
  const events = await store.readStream(scheduleStream('s1'));
  expect(events.map(({ type, metadata }) => [type, metadata.wakeAt])).toEqual([
    ['ScheduleCreated', T0 + HOUR],
    ['RunQueued', T0 + HOUR],
    ['RunCancelled', undefined],
    ['ScheduleDeleted', null],
  ]);
});

test('what another tenant has is not there to be read either', async () => {
  const actors = over(new MemoryEventStore());
  await create(actors);
  const read = (tenant?: string) => actors.read(scheduleAggregate, scheduleStream('s1'), tenant);
  expect(await read('other')).toEqual({ state: { status: 'absent' }, revision: -1 });
  expect(await read('default')).toMatchObject({ state: { status: 'active' }, revision: 0 });
  expect(await read()).toMatchObject({ revision: 0 });
});

test('once closed, nothing is taken, not many at once either', async () => {
  const actors = over(new MemoryEventStore());
  await actors.close();
  await expect(actors.together(scheduleAggregate, [], context)).rejects.toMatchObject({
    code: 'shutting_down',
  });
});
