import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Actors, bulkAggregate, connectionAggregate, scheduleAggregate } from '#lib/application/actors';
import { decodeEvent } from '#lib/contracts/events';
import { bulkStream, connectionStream, scheduleStream } from '#lib/contracts/streams';
import { isAsked, type AskedBulkChange, type BulkChange, type BulkItem } from '#lib/domain/bulk';
import { SECOND } from '#lib/domain/kernel';
import { definition, T0 } from '#lib/domain/testing';
import { MemoryEventStore } from '#lib/event-store/memory';
import { storeUnavailable, type EventStore } from '#lib/event-store/port';
import { storeBut } from '#lib/event-store/testing';
import type { Leases } from '#lib/ports';
import { passing, until, VirtualTime } from '#lib/ports/testing';
import { BulkChangeSaga } from './bulk-change.saga.js';

const context = { tenant: 'default', actor: 'api:ann', correlation: 'c' };
const pause: BulkChange = { action: 'pause', note: 'maintenance' };

let time: VirtualTime;
let store: MemoryEventStore;
let node: Node;
let held: boolean;
let changed: () => void;
const leases: Leases = {
  holds: () => held,
  epoch: () => 1,
  onChange: (listener) => {
    changed = listener;
    return () => {};
  },
};

/** A process on the log, which finds in it what is open. */
class Node {
  readonly actors: Actors;
  readonly saga: BulkChangeSaga;
  readonly errors: string[] = [];
  #shown = 0;
  #following = true;

  constructor(log: EventStore = store) {
    const environment = passing(time);
    this.actors = new Actors({ store: log, environment, capacity: 1_000, snapshotEvery: 1_000 });
    const onError = (what: string): void => void this.errors.push(what);
    this.saga = new BulkChangeSaga({ actors: this.actors, store: log, environment, leases, onError });
  }

  /** `open`: as the read model would have it. It is shown what comes from here on. */
  start(open: readonly string[] = []): this {
    this.saga.start(open);
    void this.#follow();
    return this;
  }

  async #follow(): Promise<void> {
    this.#shown = await store.head();
    while (this.#following) {
      for (const recorded of await store.readAll(this.#shown, 1_000)) {
        this.#shown = recorded.position;
        const event = decodeEvent(recorded);
        if (event !== undefined && this.saga.types.some((type) => type === event.type))
          this.saga.handle(event as Parameters<BulkChangeSaga['handle']>[0]);
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async stop(): Promise<void> {
    this.#following = false;
    await this.saga.stop();
  }

  async bulk(id: string): Promise<AskedBulkChange> {
    const { state } = await this.actors.read(bulkAggregate, bulkStream(id));
    if (!isAsked(state)) throw new Error(`${id} was not asked for`);
    return state;
  }

  /** Until nothing more is to be done about it. */
  async over(id: string): Promise<AskedBulkChange> {
    await until(async () => ['completed', 'undone'].includes((await this.bulk(id)).status));
    return this.bulk(id);
  }
}

const names = (count: number): string[] => Array.from({ length: count }, (_, n) => `s${n}`);
const made = async (ids: readonly string[]): Promise<readonly BulkItem[]> => {
  for (const id of ids) {
    const command = { type: 'CreateSchedule', id, definition: definition({ connection: id }) } as const;
    await node.actors.execute(scheduleAggregate, scheduleStream(id), command, context);
  }
  return ids.map((schedule) => ({ schedule, version: 1, inverse: { action: 'resume' } }));
};
const ask = async (id: string, items: readonly BulkItem[], change: BulkChange = pause): Promise<void> => {
  const stream = bulkStream(id);
  const counts = { matched: items.length, unchanged: 0, refused: {} };
  await node.actors.execute(bulkAggregate, stream, { type: 'PlanBulkChange', id, from: 0, items }, context);
  const request = { type: 'RequestBulkChange', id, change, filter: {}, ...counts } as const;
  await node.actors.execute(bulkAggregate, stream, request, context);
};
const undo = async (id: string) =>
  node.actors.execute(
    bulkAggregate,
    bulkStream(id),
    { type: 'UndoBulkChange', id },
    { ...context, actor: 'api:ben' },
  );
const typesOf = async (schedule: string): Promise<readonly string[]> =>
  (await store.readStream(scheduleStream(schedule))).map(({ type }) => type);

beforeEach(() => {
  time = new VirtualTime(T0);
  store = new MemoryEventStore();
  held = true;
  node = new Node();
});
afterEach(() => node.stop());

describe('given a change that was asked of many schedules', () => {
  test('each is changed once, on behalf of whoever asked, and brought back, the last first', async () => {
    const items = await made(names(120));
    node.start();
    await ask('b1', items);
    const { outcomes } = await node.over('b1');
    expect(outcomes).toEqual(items.map(({ schedule }) => ({ schedule, version: 2 })));
    const stream = await store.readStream(bulkStream('b1'));
    expect(stream.map(({ type }) => type)).toEqual([
      'BulkChangePlanned',
      'BulkChangeRequested',
      'BulkChangeProgressed',
      'BulkChangeProgressed',
      'BulkChangeProgressed',
      'BulkChangeCompleted',
    ]);
    const [, paused] = await store.readStream(scheduleStream('s7'));
    expect(paused).toMatchObject({
      type: 'SchedulePaused',
      data: { cause: 'request', note: 'maintenance' },
      metadata: { actor: 'api:ann', causation: stream[1]?.id },
    });
    // Nothing is in its mailbox any more, and nothing of it is kept.
    await time.settle();
    expect(node.actors.peek(bulkAggregate, bulkStream('b1'))).toBeUndefined();
    await undo('b1');
    const { undone } = await node.over('b1');
    expect(undone.map(({ schedule }) => schedule)).toEqual(names(120).toReversed());
    expect(await typesOf('s7')).toEqual(['ScheduleCreated', 'SchedulePaused', 'ScheduleResumed']);
    expect((await store.readStream(scheduleStream('s7')))[2]?.metadata.actor).toBe('api:ben');
  });

  test('one that was changed meanwhile is left alone, and one that is gone', async () => {
    const items = await made(names(3));
    const change = { type: 'UpdateSchedule', changes: { priority: 'high' } } as const;
    await node.actors.execute(scheduleAggregate, scheduleStream('s0'), change, context);
    await node.actors.execute(scheduleAggregate, scheduleStream('s1'), { type: 'DeleteSchedule' }, context);
    node.start();
    await ask('b1', items);
    expect((await node.over('b1')).outcomes).toEqual([
      { schedule: 's0', reason: 'stale_version' },
      { schedule: 's1', reason: 'schedule_deleted' },
      { schedule: 's2', version: 2 },
    ]);
  });

  test('none is resumed whose connection was suspended meanwhile, neither by a change nor by undoing one', async () => {
    const items = await made(names(2));
    node.start();
    await ask('b1', items);
    await node.over('b1');
    const suspend = { type: 'SuspendConnection', cause: 'request', message: 'gone' } as const;
    await node.actors.execute(connectionAggregate, connectionStream('default', 's1'), suspend, context);
    await undo('b1');
    const kept = { schedule: 's1', reason: 'connection_suspended' };
    expect((await node.over('b1')).undone).toEqual([kept, { schedule: 's0', version: 3 }]);
    await ask('b2', [{ schedule: 's1', version: 2 }], { action: 'resume' });
    expect((await node.over('b2')).outcomes).toEqual([kept]);
    await ask('b3', [{ schedule: 's1', version: 2 }], { action: 'delete', note: 'over' });
    expect((await node.over('b3')).outcomes).toEqual([{ schedule: 's1', version: 0 }]);
  });

  test('what a pause ended by itself, or somebody resumed, needs no undoing, and says so', async () => {
    const items = await made(names(2));
    node.start();
    await ask('b1', items, { action: 'pause', until: T0 + SECOND });
    await node.over('b1');
    time.advance(2 * SECOND);
    const [ended, resumed] = [scheduleStream('s0'), scheduleStream('s1')];
    await node.actors.execute(scheduleAggregate, ended, { type: 'AdvanceSchedule', fraction: 0 }, context);
    await node.actors.execute(scheduleAggregate, resumed, { type: 'ResumeSchedule' }, context);
    await undo('b1');
    expect((await node.over('b1')).undone).toEqual([
      { schedule: 's1', reason: 'not_paused' },
      { schedule: 's0', reason: 'not_paused' },
    ]);
  });

  test('a definition keeps the rest of its own, and one that was deleted since says so', async () => {
    const items = await made(names(2));
    await node.actors.execute(scheduleAggregate, scheduleStream('s1'), { type: 'DeleteSchedule' }, context);
    node.start();
    await ask('b1', items, { action: 'update', set: { retry: { maxAttempts: 7 } } });
    expect((await node.over('b1')).outcomes).toEqual([
      { schedule: 's0', version: 2 },
      { schedule: 's1', reason: 'schedule_deleted' },
    ]);
    const { state } = await node.actors.read(scheduleAggregate, scheduleStream('s0'));
    const { retry } = definition();
    expect(state).toMatchObject({ definition: { retry: { ...retry, maxAttempts: 7 } } });
  });

  test('only the node whose turn it is carries it out', async () => {
    held = false;
    const items = await made(names(2));
    node.start();
    await ask('b1', items);
    await time.settle();
    expect((await node.bulk('b1')).outcomes).toEqual([]);
    held = true;
    changed();
    expect((await node.over('b1')).outcomes).toHaveLength(2);
  });

  test('one that cannot be carried out is tried again, further and further apart, and holds up nobody', async () => {
    const items = await made(names(2));
    node.start();
    const [mine, others] = [items.slice(0, 1), items.slice(1)];
    await ask('unread', mine, { action: 'update', set: { unknown: 'to this release' } });
    await until(() => node.errors.length === 1);
    await ask('b2', others);
    await node.over('b2');
    expect(node.errors).toEqual([bulkStream('unread')]);
    const tries: number[] = [];
    for (let second = 1; second <= 20; second += 1) {
      time.advance(SECOND / 2);
      await time.settle();
      tries.push(node.errors.length);
    }
    // After half a second, a second, two and four: the next is due after eight.
    expect(tries.slice(0, 3)).toEqual([2, 2, 3]);
    expect(tries.at(-1)).toBe(5);
  });
});

describe('given a process that dies while it carries one out', () => {
  /** Takes so many appends, and then nothing; `stored`: the next one is stored, and not answered. */
  const dying = (appends: number, stored: boolean): EventStore => {
    let left = appends;
    return storeBut(store, {
      async append(...given) {
        left -= 1;
        if (left >= 0) return store.append(...given);
        if (left === -1 && stored) await store.append(...given);
        throw storeUnavailable('it died');
      },
    });
  };
  const deaths = [false, true].flatMap((stored) =>
    Array.from({ length: 7 }, (_, appends) => [appends, stored] as const),
  );

  test.each(deaths)(
    'after %i appends, the next one stored and unanswered: %s, another ends it, and nothing is done twice',
    async (appends, stored) => {
      const items = await made(names(4));
      await ask('b1', items);
      const first = new Node(dying(appends, stored)).start(['b1']);
      await time.settle();
      void first.saga.stop();
      // What it has done is changed further by somebody before the next one looks.
      const { state } = await new Node().actors.read(scheduleAggregate, scheduleStream('s1'));
      if (state.status === 'paused') {
        const change = { type: 'UpdateSchedule', changes: { priority: 'high' } } as const;
        await new Node().actors.execute(scheduleAggregate, scheduleStream('s1'), change, context);
      }
      node = new Node().start((await new Node().bulk('b1')).status === 'running' ? ['b1'] : []);
      const { outcomes } = await node.over('b1');
      expect(outcomes).toEqual(items.map(({ schedule }) => ({ schedule, version: 2 })));
      await undo('b1');
      const { undone } = await node.over('b1');
      for (const id of names(4)) {
        const types = await typesOf(id);
        expect(types.filter((type) => type === 'SchedulePaused')).toHaveLength(1);
        const paused = (await store.readStream(scheduleStream(id))).find(
          ({ type }) => type === 'SchedulePaused',
        );
        expect(paused?.metadata.actor).toBe('api:ann');
        // Whoever changed it since meant it: it is not brought back.
        const alone = !types.includes('ScheduleUpdated');
        expect(types.filter((type) => type === 'ScheduleResumed')).toHaveLength(alone ? 1 : 0);
        expect(undone.find(({ schedule }) => schedule === id)).toEqual(
          alone ? { schedule: id, version: 3 } : { schedule: id, reason: 'stale_version' },
        );
      }
    },
  );

  test('one that was told to stop ends with the step that it is at', async () => {
    const items = await made(names(120));
    await ask('b1', items);
    let stopped: Promise<void> | undefined;
    const first = new Node(
      storeBut(store, {
        append: (...given) => {
          if (given[0] === scheduleStream('s60')) stopped ??= first.stop();
          return store.append(...given);
        },
      }),
    ).start(['b1']);
    await until(() => stopped !== undefined);
    await stopped;
    const { outcomes, status } = await new Node().bulk('b1');
    expect({ status, done: outcomes.length }).toEqual({ status: 'running', done: 100 });
    node = new Node().start(['b1']);
    expect((await node.over('b1')).outcomes).toHaveLength(120);
  });
});
