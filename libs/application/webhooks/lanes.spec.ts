import { expect, test } from '@jest/globals';
import { MemoryEventStore } from '#lib/event-store/memory';
import type { RecordedEvent } from '#lib/event-store/port';
import { NewsLane, ReplayLane } from './lanes.js';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** A log and its feed, which the test moves on by hand; a read can be held up. */
class Log {
  readonly store = new MemoryEventStore();
  fed: number | undefined = 0;
  held: Promise<void> = Promise.resolve();
  readonly lane: NewsLane;

  constructor(wants: (event: RecordedEvent) => boolean = () => true) {
    const store = {
      readAll: async (after: number, limit: number) => {
        const page = await this.store.readAll(after, limit);
        await this.held;
        return page;
      },
    } as unknown as MemoryEventStore;
    this.lane = new NewsLane(0, store, wants, () => this.fed);
  }

  async append(count: number): Promise<readonly RecordedEvent[]> {
    const head = await this.store.head();
    for (let n = 1; n <= count; n += 1) {
      const metadata = { v: 1, at: 0, tenant: 'default', actor: 'api:test', correlation: 'c' };
      const event = { id: uuid(head + n), type: 'RunQueued', data: {}, metadata };
      await this.store.append(`schedule-${head + n}`, -1, [event]);
    }
    return this.store.readAll(head, count);
  }

  feed(events: readonly RecordedEvent[]): void {
    this.fed = events.at(-1)?.position ?? this.fed;
    this.lane.offer(events, this.fed ?? 0);
  }

  /** All there is now. */
  async taken(): Promise<readonly number[]> {
    const positions: number[] = [];
    for (let taken = await this.lane.take(16); taken !== undefined; taken = await this.lane.take(16)) {
      positions.push(...taken.events.map(({ position }) => position));
      this.lane.settled();
    }
    return positions;
  }
}

const upTo = (last: number): readonly number[] => Array.from({ length: last }, (_, n) => n + 1);

test('given events that come while it reads what was before, it takes each of them once', async () => {
  const log = new Log();
  log.feed(await log.append(3));
  let letGo = (): void => {};
  log.held = new Promise((resolve) => (letGo = resolve));
  const taking = log.taken();
  // The page is read, and on its way.
  await new Promise((resolve) => setImmediate(resolve));
  log.feed(await log.append(2));
  letGo();
  const first = await taking;
  log.feed(await log.append(1));
  expect([...first, ...(await log.taken())]).toEqual(upTo(6));
});

test('given more than it keeps, it reads the rest from the log, and follows again', async () => {
  const log = new Log();
  expect(await log.taken()).toEqual([]);
  for (let n = 0; n < 30; n += 1) log.feed(await log.append(40));
  expect(await log.taken()).toEqual(upTo(1_200));
  expect(log.lane.idle).toBe(true);
  log.feed(await log.append(1));
  expect(await log.taken()).toEqual([1_201]);
});

test('given a log in which nothing is wanted, it gives way after each page', async () => {
  const log = new Log(() => false);
  await log.append(600);
  log.fed = 600;
  const pages: unknown[] = [];
  for (let taken = await log.lane.take(16); taken !== undefined; taken = await log.lane.take(16)) {
    pages.push([taken.events.length, taken.through]);
    log.lane.settled();
  }
  expect(pages).toEqual([
    [0, 256],
    [0, 512],
  ]);
  expect([log.lane.safe, log.lane.idle]).toEqual([600, true]);
  const replay = new ReplayLane({ id: 'r', after: 0, upTo: 600 }, log.store, () => false);
  expect(await replay.take(16)).toMatchObject({ events: [], through: 256, over: false });
});

test('given a feed that has not begun, it takes what there is, and is not live', async () => {
  const log = new Log();
  log.fed = undefined;
  await log.append(3);
  expect(await log.taken()).toEqual([1, 2, 3]);
  expect(log.lane.idle).toBe(false);
});

test('given something that is taken and not settled, a restart begins before it', async () => {
  const log = new Log();
  log.feed(await log.append(3));
  const taken = await log.lane.take(2);
  expect([taken?.through, log.lane.safe]).toEqual([2, 0]);
  log.lane.settled();
  expect(log.lane.safe).toBe(2);
  await log.taken();
  expect(log.lane.safe).toBe(3);
});
