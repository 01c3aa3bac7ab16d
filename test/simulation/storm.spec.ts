import { expect, test } from '@jest/globals';
import { HOUR, SECOND, type Millis } from '#lib/domain/kernel';
import { providerEntry } from '#lib/domain/provider';
import { definition, hourly } from '#lib/domain/testing';
import { MemoryEventStore } from '#lib/event-store/memory';
import type { SyncEngine, SyncOutcome } from '#lib/ports';
import { silent } from '#lib/wiring';
import { Machine } from './machine.js';
import { Nodes } from './nodes.js';
import type { Process } from './process.js';
import { Random } from './random.js';
import { ReadModelFiles } from './read-models.js';

const SCHEDULES = Number(process.env['STORM_SCHEDULES'] ?? 4_000);
const DOWN = 6 * HOUR;
const UP_BY = DOWN + 2 * HOUR;
const TAKES = 2 * SECOND;

/** Refuses everybody for some hours, and counts who came. */
class Provider {
  readonly calls: Millis[] = [];
  readonly succeeded = new Set<string>();

  constructor(private readonly machine: Machine) {}

  engine(_: string, { environment }: Process): SyncEngine {
    return {
      sync: async ({ connection }): Promise<SyncOutcome> => {
        this.calls.push(this.machine.elapsed);
        await new Promise<void>((resolve) => environment.timers.after(TAKES, resolve));
        if (this.machine.elapsed < DOWN)
          return { kind: 'failed', failure: { class: 'TRANSIENT', message: 'out of reach' } };
        this.succeeded.add(connection);
        return { kind: 'succeeded', counts: { read: 1, written: 1, rejected: 0 } };
      },
    };
  }

  between(from: Millis, to: Millis): number {
    return this.calls.filter((at) => at >= from && at < to).length;
  }
}

test('given a provider that is down for hours, and all who use it due at once, it is called by as many as may run, and then by one probe a time', async () => {
  const machine = new Machine(Date.UTC(2027, 2, 1), 1);
  const provider = new Provider(machine);
  const files = new ReadModelFiles({ seed: 1, readModelFiles: false });
  const nodes = new Nodes({
    machine,
    server: new MemoryEventStore(),
    provider,
    random: new Random(1),
    leaseMs: 15 * SECOND,
    latencyMs: 0,
    files,
    hooks: undefined,
    log: silent,
  });
  const pass = async (until: Millis): Promise<void> => {
    await machine.settle();
    while (machine.elapsed < until) {
      if (nodes.failure !== undefined) throw nodes.failure;
      await machine.tick(until);
    }
  };
  nodes.boot();
  await pass(SECOND);
  const { minute: _, ...rules } = hourly as Extract<typeof hourly, { readonly frequency: 'hourly' }>;
  const recurrence = { ...rules, frequency: 'daily', times: ['00:30'] } as const;
  for (let n = 0; n < SCHEDULES; n += 1_000) {
    const items = Array.from({ length: Math.min(1_000, SCHEDULES - n) }, (_, at) => {
      const id = `s${n + at}`;
      const parties = { user: `u-${id}`, connection: `c-${id}`, provider: 'storm' };
      return { id, definition: definition({ ...parties, recurrence }) };
    });
    const context = { tenant: 'default', actor: 'api:test', correlation: 'c' };
    void nodes.engine.creation.createMany(items, context);
    await machine.settle();
  }
  await pass(DOWN);
  const { limits } = providerEntry('storm');
  const { openMs, maxOpenMs } = limits.breaker;
  // Opened for longer and longer up to the cap: so many openings fit into the hours that it is down.
  const doublings = Math.ceil(Math.log2(maxOpenMs / openMs));
  const openings = doublings + Math.ceil(DOWN / maxOpenMs);
  expect(provider.calls.length).toBeGreaterThanOrEqual(limits.breaker.failures);
  expect(provider.calls.length).toBeLessThanOrEqual(limits.concurrency + openings);
  // And while it is down there are calls to see that it is up again.
  expect(provider.between(DOWN - 2 * maxOpenMs, DOWN)).toBeGreaterThanOrEqual(1);

  await pass(UP_BY);
  expect(provider.succeeded.size).toBe(SCHEDULES);
  await nodes.crash();
  files.remove();
}, 600_000);
