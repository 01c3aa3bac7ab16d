// 100,000 schedules present: memory, how long a start takes, how long a rebuild takes, and disk. And the rebuild of a log of
// runs, which is what a log becomes: 5,000 schedules with 20 runs each, written as the aggregates decide them.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteEventStore } from '../dist/libs/event-store/sqlite/index.js';
import { rebuildReadModel } from '../dist/libs/projections/index.js';
import { shareThreads } from '../dist/libs/wiring/share-threads.js';
import { systemEnvironment } from '../dist/libs/wiring/index.js';
import { ratio } from './contenders.mjs';
import { created, ran } from './decided.mjs';
import { pool } from './peers/clock.mjs';
import { caughtUp, createSchedules, dueAt, folder, openEngine, remove, wall } from './rig.mjs';

export const name = 'scale';
export const title = '100,000 schedules present, embedded';
/** Takes minutes: one round unless told otherwise. */
export const once = true;

const mebibytes = (bytes) => Math.round(bytes / 1024 ** 2);

const HOUR = 3_600_000;
const hourly = (index) => {
  const { everySeconds: _, anchor: __, ...recurrence } = dueAt(index, 0).recurrence;
  return dueAt(index, 0, { recurrence: { ...recurrence, frequency: 'hourly', minute: index % 60 } });
};

/** The limit: nothing but reading in order, parsing what was stored, and noting it by its stream; events a second. */
function readAndParsed(file) {
  const db = new DatabaseSync(file, { readOnly: true });
  const page = db.prepare(
    'SELECT position, stream_id, data, metadata FROM events WHERE position > ? ORDER BY position LIMIT 10000',
  );
  const begun = wall();
  const streams = new Map();
  let events = 0;
  let rows = page.all(0);
  for (; rows.length > 0; rows = page.all(rows.at(-1).position)) {
    for (const { stream_id: stream, data, metadata } of rows)
      streams.set(stream, { data: JSON.parse(data), metadata: JSON.parse(metadata) });
    events += rows.length;
  }
  db.close();
  return Math.round((events / (wall() - begun)) * 1_000);
}

/** Events a second, and bytes of the log for each run. */
async function rebuildOfRuns({ schedules, runs }) {
  const path = folder();
  try {
    const file = join(path, 'events.sqlite');
    let store = await openSqliteEventStore({ path: file });
    const begin = (Math.floor(Date.now() / HOUR) - runs - 2) * HOUR;
    const streams = [];
    await pool(schedules, 1_000, async (n) => {
      const now = begin + (n % 60) * 60_000;
      streams[n] = await created(store, { id: systemEnvironment.ids.next(), definition: hourly(n), now });
    });
    // Closed, here as at the end: what was in the write-ahead log is in the file, and nowhere twice.
    await store.close();
    const before = statSync(file).size;
    store = await openSqliteEventStore({ path: file });
    for (let run = 1; run <= runs; run += 1) {
      const now = (n) => begin + run * HOUR + (n % 60) * 60_000 + (n % 1_000);
      await pool(schedules, 1_000, (n) => ran(store, streams[n], { now: now(n) }));
    }
    const rebuilt = async (threads) => {
      const { events, loadMs } = await rebuildReadModel({
        path: join(path, 'read-model.sqlite'),
        store,
        environment: systemEnvironment,
        shares: shareThreads(file, threads),
      });
      return Math.round((events / loadMs) * 1_000);
    };
    const onOne = await rebuilt(1);
    const onAll = await rebuilt();
    await store.close();
    const limit = readAndParsed(file);
    return {
      'rebuild of runs, events/s': onAll,
      'the same on one thread': onOne,
      'read and parsed only, events/s': limit,
      'rebuild to that': ratio(onAll, limit),
      logBytesPerRun: Math.round((statSync(file).size - before) / (schedules * runs)),
    };
  } finally {
    remove(path);
  }
}

export async function measure({ schedules = 100_000 } = {}) {
  const path = folder();
  try {
    const far = Date.now() + 30 * 86_400_000;
    let engine = await openEngine(path);
    const create = wall();
    await createSchedules(engine, schedules, (index) => dueAt(index, far + (index % 86_400) * 1_000));
    const createMs = wall() - create;
    await caughtUp(engine);
    const { events } = engine.store.diagnostics();
    await engine.stop();
    // Closed: what was in the write-ahead log is in the file.
    const fileBytes = statSync(join(path, 'events.sqlite')).size;
    globalThis.gc?.();
    const before = process.memoryUsage.rss();
    const opening = wall();
    engine = await openEngine(path);
    await engine.start();
    const startMs = wall() - opening;
    const rssMiB = mebibytes(process.memoryUsage.rss());
    await engine.stop();
    // As `npm run rebuild` does, with no service beside it: one that has just started still reads what its sagas know.
    const store = await openSqliteEventStore({ path: join(path, 'events.sqlite') });
    const report = await rebuildReadModel({
      path: join(path, 'read-model.sqlite'),
      store,
      environment: systemEnvironment,
      shares: shareThreads(join(path, 'events.sqlite')),
    });
    await store.close();
    return {
      schedules,
      'creates/s': Math.round((schedules / createMs) * 1_000),
      startMs: Math.round(startMs),
      rssMiB,
      rssBeforeMiB: mebibytes(before),
      'rebuild events/s': Math.round((report.events / report.loadMs) * 1_000),
      rebuildDifferences: report.differences.length,
      logBytesPerSchedule: Math.round(fileBytes / schedules),
      readModelBytesPerSchedule: Math.round(statSync(join(path, 'read-model.sqlite')).size / schedules),
      events,
      ...(await rebuildOfRuns({ schedules: Math.ceil(schedules / 20), runs: 20 })),
    };
  } finally {
    remove(path);
  }
}
