import { expect, test } from '@jest/globals';
import { Actors } from '#lib/application/actors';
import { parseStream } from '#lib/contracts/streams';
import { T0 } from '#lib/domain/testing';
import { MemoryEventStore } from '#lib/event-store/memory';
import type { RecordedEvent } from '#lib/event-store/port';
import { soleHolder, type Environment, type Leases } from '#lib/ports';
import { until } from '#lib/ports/testing';
import type { WakeUp, WorkIndex } from './saga.js';
import { TimingSaga } from './timing.saga.js';

const environment: Environment = {
  clock: { now: () => T0, monotonic: () => 0 },
  timers: {
    after: (delay, callback) => {
      // Nobody sleeps here: what is due is due at once, the rest never.
      if (delay < 1_000) setImmediate(callback);
      return () => {};
    },
    soon: (callback) => void setImmediate(callback),
  },
  random: { fraction: () => 0.5 },
  ids: { next: () => '00000000-0000-4000-8000-000000000001' },
};

/** Notes whose schedules are told to advance: each is looked up here first, and there is none. */
class Asked extends MemoryEventStore {
  readonly schedules = new Set<string>();

  override readStream(stream: string): Promise<readonly RecordedEvent[]> {
    this.schedules.add(parseStream(stream)?.id ?? '');
    return super.readStream(stream);
  }
}

/** Wake-ups of so many schedules, all overdue; those that were advanced are gone from it. */
class Overdue implements WorkIndex {
  most = 0;
  readonly #all: readonly WakeUp[];

  constructor(
    count: number,
    private readonly asked: ReadonlySet<string>,
  ) {
    this.#all = Array.from({ length: count }, (_, n) => ({
      schedule: `s${String(n).padStart(6, '0')}`,
      tenant: 'default',
      wakeAt: T0 - 10_000 + (n % 7),
    })).sort((a, b) => a.wakeAt - b.wakeAt || (a.schedule < b.schedule ? -1 : 1));
  }

  wakeUpsBefore(horizon: number, limit: number, after = { wakeAt: 0, schedule: '' }): readonly WakeUp[] {
    return this.#all
      .filter(
        ({ schedule, wakeAt }) =>
          wakeAt < horizon &&
          !this.asked.has(schedule) &&
          (wakeAt > after.wakeAt || (wakeAt === after.wakeAt && schedule > after.schedule)),
      )
      .slice(0, limit);
  }

  openRuns(): readonly [] {
    return [];
  }
}

async function started(count: number, leases: Leases) {
  const store = new Asked();
  const actors = new Actors({ store, environment, capacity: 100_000, snapshotEvery: 100 });
  const index = new Overdue(count, store.schedules);
  const indexed = async (): Promise<boolean> => true;
  const failures: unknown[] = [];
  const onError = (_: string, error: unknown): void => void failures.push(error);
  const timing = new TimingSaga({ actors, environment, leases, index, indexed, onError });
  timing.start();
  const atStart = timing.size;
  let before = -1;
  while (store.schedules.size > before) {
    before = store.schedules.size;
    for (let turn = 0; turn < 50; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
  }
  await timing.stop();
  return { atStart, advanced: store.schedules.size, failures };
}

test('given more overdue schedules than are taken at once, begins with some and advances all', async () => {
  const { atStart, advanced, failures } = await started(65_000, soleHolder);
  expect(atStart).toBeLessThan(30_000);
  expect(advanced).toBe(65_000);
  expect(failures).toEqual([]);
});

test('given shards that others hold, leaves their schedules alone', async () => {
  const one: Leases = { ...soleHolder, holds: (lease) => lease === 'shard-1' };
  const { advanced } = await started(3_000, one);
  expect(advanced).toBeGreaterThan(0);
  expect(advanced).toBeLessThan(500);
});

test('given a schedule that cannot be advanced, the error is told as what was done, and its id after it', async () => {
  const actors = new Actors({ store: new Asked(), environment, capacity: 10, snapshotEvery: 100 });
  await actors.close();
  const told: string[] = [];
  const index = new Overdue(1, new Set());
  const onError = (what: string): void => void told.push(what);
  const options = { actors, environment, leases: soleHolder, index, indexed: async () => true, onError };
  const timing = new TimingSaga(options);
  timing.start();
  await until(() => told.length > 0);
  await timing.stop();
  expect(told[0]).toMatch(/^advance \S+$/);
});
