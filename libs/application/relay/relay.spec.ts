import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { MemoryEventStore } from '#lib/event-store/memory';
import type { RecordedEvent } from '#lib/event-store/port';
import type { Environment } from '#lib/ports';
import { Relay } from './relay.js';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** Time passes when it is told to. */
class Time {
  now = 0;
  readonly #timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  readonly environment: Environment = {
    clock: { now: () => this.now, monotonic: () => this.now },
    timers: {
      after: (delay, callback) => {
        const timer = { at: this.now + delay, callback };
        this.#timers.add(timer);
        return () => this.#timers.delete(timer);
      },
      soon: (callback) => void globalThis.setImmediate(callback),
    },
    random: { fraction: () => 0.5 },
    ids: { next: () => uuid(1) },
  };

  /** Everything that is ready has run. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 20; turn += 1) await setImmediate();
  }

  async pass(ms: number): Promise<void> {
    this.now += ms;
    const due = [...this.#timers].filter(({ at }) => at <= this.now);
    for (const timer of due) {
      this.#timers.delete(timer);
      timer.callback();
    }
    await this.settle();
  }
}

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

function setUp() {
  const store = new MemoryEventStore();
  const time = new Time();
  const told: number[] = [];
  const errors: unknown[] = [];
  let fail = false;
  const relay = new Relay({
    store,
    environment: time.environment,
    publisher: {
      publish: (events: readonly RecordedEvent[]) => {
        if (fail) return Promise.reject(new Error('NATS is away'));
        told.push(...events.map(({ position }) => position));
        return Promise.resolve();
      },
    },
    onRelayed: () => {},
    onError: (_, error) => errors.push(error),
    onEnded: (error) => errors.push(error),
  });
  let next = 0;
  const append = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n += 1) {
      const metadata = { v: 1, at: 0, tenant: 'default', actor: 'api:test', correlation: 'c' };
      const event = { id: uuid((next += 1)), type: 'SchedulePaused', data: { cause: 'request' }, metadata };
      await store.append(`schedule-s${next}`, -1, [event]);
    }
  };
  const start = async (): Promise<void> => {
    stops.push(() => relay.stop());
    relay.start();
    await time.settle();
  };
  const away = (is: boolean): void => void (fail = is);
  return { time, told, errors, append, start, away };
}

describe('what is told outside', () => {
  test('while little happens, is told at once', async () => {
    const { time, told, append, start } = setUp();
    await start();
    await append(20);
    await time.settle();
    expect(told).toHaveLength(20);
  });

  test('while the log grows fast, waits until it does no more', async () => {
    const { time, told, append, start } = setUp();
    await append(1_000);
    await start();
    await append(150);
    await time.pass(100);
    expect(told).toHaveLength(0);
    await append(50);
    await time.pass(100);
    expect(told).toEqual(Array.from({ length: 1_200 }, (_, n) => n + 1));
  });

  test('while it grows for long, waits for two seconds, and all of that is told before it waits again', async () => {
    const { time, told, append, start } = setUp();
    await append(300);
    await start();
    for (let look = 0; look < 19; look += 1) {
      await append(100);
      await time.pass(100);
    }
    expect(told).toHaveLength(0);
    await append(100);
    await time.pass(100);
    expect(told).toHaveLength(300 + 20 * 100);
  });

  test('is told when NATS is back, in order and without a gap', async () => {
    const { time, told, errors, append, start, away } = setUp();
    away(true);
    await append(10);
    await start();
    expect([told.length, errors.length]).toEqual([0, 1]);
    away(false);
    await time.pass(500);
    expect(told).toEqual(Array.from({ length: 10 }, (_, n) => n + 1));
  });
});
