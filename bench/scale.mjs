// 100,000 schedules present: memory, how long a start takes, how long a rebuild takes, and disk.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { rebuildReadModel } from '../dist/libs/projections/index.js';
import { caughtUp, createSchedules, dueAt, folder, openEngine, remove, wall } from './rig.mjs';

export const name = 'scale';
export const title = '100,000 schedules present, embedded';
/** Takes minutes: one round unless told otherwise. */
export const once = true;

const mebibytes = (bytes) => Math.round(bytes / 1024 ** 2);

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
    const report = await rebuildReadModel({
      path: join(path, 'read-model.sqlite'),
      store: engine.store,
      environment: engine.environment,
      swap: false,
    });
    await engine.stop();
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
    };
  } finally {
    remove(path);
  }
}
