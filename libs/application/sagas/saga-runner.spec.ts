import { afterEach, describe, expect, test } from '@jest/globals';
import type { StoredEvent } from '#lib/contracts/events';
import { T0, definition } from '#lib/domain/testing';
import { MemoryEventStore } from '#lib/event-store/memory';
import { storeUnavailable, type RecordedEvent } from '#lib/event-store/port';
import { nthId as uuid, stillTime, until } from '#lib/ports/testing';
import { SagaRunner } from './saga-runner.js';
import type { Saga } from './saga.js';

const environment = stillTime(T0);

const runners: SagaRunner[] = [];
afterEach(async () => {
  for (const runner of runners.splice(0)) await runner.stop();
});

async function append(store: MemoryEventStore, n: number, type = 'ScheduleCreated'): Promise<void> {
  const metadata = { v: 1, at: T0, tenant: 'default', actor: 'api:test', correlation: 'c' };
  const data = { id: `s${n}`, definition: definition() };
  await store.append(`schedule-s${n}`, -1, [{ id: uuid(n), type, data, metadata }]);
}

/** Notes what it is shown, and fails where it is told to: so many times in a row, thrown or rejected. */
class Witness implements Saga {
  readonly seen: string[] = [];
  tries = 0;

  constructor(
    readonly name: string,
    private readonly failing: { on?: string; times?: number; how?: 'throw' | 'reject' } = {},
  ) {}

  handle(event: StoredEvent): void | Promise<void> {
    const { on, times = Infinity, how = 'throw' } = this.failing;
    if (event.stream === on && (this.tries += 1) <= times) {
      if (how === 'throw') throw new Error('it broke');
      return Promise.reject(new Error('it broke'));
    }
    this.seen.push(event.stream.replace('schedule-', ''));
    return undefined;
  }
}

function run(store: MemoryEventStore, sagas: readonly Saga[], from?: number) {
  const parked: string[] = [];
  const ended: unknown[] = [];
  const runner = new SagaRunner({
    name: 'test',
    store,
    environment,
    sagas,
    ...(from === undefined ? {} : { from }),
    onParked: (saga, event: RecordedEvent) => void parked.push(`${saga} ${event.stream}`),
    onEnded: (error) => ended.push(error),
  });
  runners.push(runner);
  runner.start();
  return { runner, parked, ended };
}

describe.each(['throw', 'reject'] as const)('a saga that fails on an event (%s)', (how) => {
  test('is shown it three times, then it is parked; the next event comes, and other sagas missed nothing', async () => {
    const store = new MemoryEventStore();
    const failing = new Witness('failing', { on: 'schedule-s2', how });
    const other = new Witness('other');
    const { parked, ended } = run(store, [failing, other]);
    for (const n of [1, 2, 3]) await append(store, n);
    await until(() => failing.seen.length === 2 && other.seen.length === 3);
    expect(failing.seen).toEqual(['s1', 's3']);
    expect(other.seen).toEqual(['s1', 's2', 's3']);
    expect(failing.tries).toBe(3);
    expect(parked).toEqual(['failing schedule-s2']);
    expect(ended).toEqual([]);
  });

  test('twice, and then does not, has handled it', async () => {
    const store = new MemoryEventStore();
    const failing = new Witness('failing', { on: 'schedule-s1', times: 2, how });
    const { parked } = run(store, [failing]);
    await append(store, 1);
    await until(() => failing.seen.length === 1);
    expect(parked).toEqual([]);
  });
});

test('a thousand events that break every handler end nothing', async () => {
  const store = new MemoryEventStore();
  const broken: Saga = { name: 'broken', handle: () => Promise.reject(new Error('always')) };
  const witness = new Witness('witness');
  const { parked, ended } = run(store, [broken, witness]);
  for (let n = 1; n <= 1_000; n += 1) await append(store, n);
  await until(() => witness.seen.length === 1_000);
  expect(parked).toHaveLength(1_000);
  expect(ended).toEqual([]);
});

test('an event of a release that is newer is parked, and the next one comes', async () => {
  const store = new MemoryEventStore();
  const witness = new Witness('witness');
  const { parked } = run(store, [witness]);
  await append(store, 1, 'ScheduleTeleported');
  await append(store, 2);
  await until(() => witness.seen.length === 1);
  expect(witness.seen).toEqual(['s2']);
  expect(parked).toEqual(['decoding schedule-s1']);
});

test('goes on from its checkpoint: nothing is left out, and little is shown again', async () => {
  const store = new MemoryEventStore();
  for (const n of [1, 2]) await append(store, n);
  const before = new Witness('before');
  const first = run(store, [before]);
  await until(() => before.seen.length === 2);
  await first.runner.stop();
  await append(store, 3);
  const after = new Witness('after');
  run(store, [after]);
  await until(() => after.seen.includes('s3'));
  expect(after.seen).toEqual(['s3']);
});

test('a store that goes away is waited for, and nothing is missed', async () => {
  const store = new MemoryEventStore();
  let away = 2;
  const flaky = Object.create(store, {
    subscribe: {
      value: (options: Parameters<MemoryEventStore['subscribe']>[0]) => {
        if (away-- > 0) throw storeUnavailable('it is away');
        return store.subscribe(options);
      },
    },
  }) as MemoryEventStore;
  const witness = new Witness('witness');
  run(flaky, [witness], 0);
  await append(store, 1);
  await until(() => witness.seen.length === 1);
  expect(witness.seen).toEqual(['s1']);
});
