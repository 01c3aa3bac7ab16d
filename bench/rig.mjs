// What the measures share: an engine in a folder of its own, bulk definitions, percentiles, and the printing.
import { closeSync, fdatasyncSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { Engine, readConfiguration, silent } from '../dist/libs/wiring/index.js';
import { policyDefaults } from '../dist/libs/domain/schedule/index.js';
import { scheduleStream } from '../dist/libs/contracts/streams/index.js';
import { pool, wall } from './peers/clock.mjs';

export { wall };
export const context = {
  tenant: 'default',
  actor: 'bench',
  correlation: '00000000-0000-4000-8000-000000000000',
};

export function percentiles(values) {
  const sorted = Float64Array.from(values).sort();
  const at = (p) =>
    sorted.length === 0 ? NaN : sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))];
  const round = (x) => Math.round(x * 100) / 100;
  return {
    n: sorted.length,
    min: round(at(0)),
    p50: round(at(0.5)),
    p99: round(at(0.99)),
    max: round(at(1)),
  };
}

/** What is printed of a spread. */
export const brief = (values) => {
  const { p50, p99, max } = percentiles(values);
  return { p50, p99, max };
};

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length % 2 === 1
    ? sorted[sorted.length >> 1]
    : (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
};

const PAGE = Buffer.alloc(4_096, 120);
const PROBE_PAGES = 1_024;

/**
 * A file of pages that are overwritten in turn, each with a write and a sync, as a write-ahead log that keeps its
 * length: a file that grows would have its length synced too. `once` answers the milliseconds of one.
 */
export function syncProbe(path) {
  const file = openSync(join(path, 'sync-probe'), 'w');
  for (let n = 0; n < PROBE_PAGES; n += 1) writeSync(file, PAGE);
  fsyncSync(file);
  let next = 0;
  const once = () => {
    const begun = performance.now();
    writeSync(file, PAGE, 0, PAGE.length, (next++ % PROBE_PAGES) * PAGE.length);
    fdatasyncSync(file);
    return performance.now() - begun;
  };
  return { once, close: () => closeSync(file) };
}

export const folder = () => mkdtempSync(join(process.env.BENCH_DATA ?? tmpdir(), 'syncopate-bench-'));
export const remove = (path) => rmSync(path, { recursive: true, force: true });

/** Does nothing, at once: what is measured is the scheduler. */
export const noWork = {
  sync: async () => ({ kind: 'succeeded', counts: { read: 0, written: 0, rejected: 0 } }),
};

export function openEngine(dataFolder, { syncEngine = noWork, settings = {} } = {}) {
  const configuration = {
    ...readConfiguration({}),
    dataFolder,
    concurrency: 500,
    actors: 200_000,
    allowShortIntervals: true,
    ...settings,
  };
  return Engine.open(configuration, {
    syncEngine,
    log: process.env.BENCH_LOG ? (level, message, details) => console.error(level, message, details) : silent,
  });
}

/** Due once, at `at`. A provider of its own whose limits stand in nobody's way. */
export const dueAt = (index, at, more = {}) => ({
  ...policyDefaults,
  user: `user-${index}`,
  connection: `connection-${index}`,
  provider: 'bench',
  operation: 'incremental_sync',
  recurrence: {
    frequency: 'interval',
    // The anchor sets the phase only: an occurrence a step before it would be due as well, so the step is a year.
    everySeconds: 365 * 86_400,
    anchor: at,
    zone: 'UTC',
    excludedDates: [],
    blackouts: [],
    gap: 'shift',
    fold: 'first',
    spreadMs: 0,
  },
  ...more,
});

/** Due each day at the time of day of `at`, as most schedules are; first at `at`. */
export const dailyAt = (index, at) => {
  const { everySeconds: _, anchor: __, ...recurrence } = dueAt(index, at).recurrence;
  const times = [new Date(at).toISOString().slice(11, 19)];
  // Without a start it would be due at that time of today.
  const start = Math.floor(at / 1_000) * 1_000;
  return dueAt(index, at, { recurrence: { ...recurrence, frequency: 'daily', times, start } });
};

export async function unlimited(engine) {
  const { providerAggregate } = await import('../dist/libs/application/actors/index.js');
  const limits = {
    concurrency: 1_000_000,
    userConcurrency: 1_000_000,
    breaker: { failures: 1_000_000, openMs: 1_000, maxOpenMs: 1_000 },
  };
  await engine.actors.execute(
    providerAggregate,
    'provider-bench',
    { type: 'ChangeProviderLimits', provider: 'bench', limits },
    context,
  );
}

/**
 * Creates `count` schedules, `inFlight` at a time, each with its claim: two appends. `as`: on whose behalf. Answers their
 * streams, by which events name them.
 */
export async function createSchedules(engine, count, define, inFlight = 500, as = context) {
  const streams = [];
  await pool(count, inFlight, async (index) => {
    const id = engine.creation.scheduleId(as);
    const answer = await engine.creation.create(id, define(index), as);
    if (!answer.ok) throw new Error(answer.rejection.message);
    streams[index] = scheduleStream(id);
  });
  return streams;
}

/** The same by bulk commands of `size` schedules, `inFlight` of them at a time. */
export const createInBatches = (engine, count, define, { size = 1_000, inFlight = 2 } = {}) =>
  pool(Math.ceil(count / size), inFlight, async (batch) => {
    const first = batch * size;
    const ids = engine.creation.scheduleIds(context, Math.min(size, count - first));
    const items = ids.map((id, n) => ({ id, definition: define(first + n) }));
    for (const answer of await engine.creation.createMany(items, context))
      if (!answer.ok) throw answer.outage ?? new Error(answer.rejection.message);
  });

export const caughtUp = async (engine) => {
  const head = await engine.store.head();
  while (!(await engine.readModel.waitFor(head, 60_000)));
};

export function machine() {
  return {
    node: process.version,
    cores: cpus().length,
    cpu: cpus()[0]?.model,
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
    load1: Math.round(loadavg()[0] * 100) / 100,
    durability: 'SQLite WAL, synchronous=FULL, group commit',
  };
}
