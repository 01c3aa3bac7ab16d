// A million schedules present (`--schedules=`), and how it grows from 10,000 over 100,000: memory of a process that only
// started, the time from its first line until it is ready and until a run is decided, the cost of one run; at last the
// same start with all of them overdue. What is present was written into the log by another process, through the store's
// own append, as the aggregates decided it: through commands it would take several times as long.
// Memory is told twice: of a process that has started and used no schedule yet, and after its runs (`--runs=`), each of
// another schedule, held then by an actor and by caches.
// Misleads: the page cache is warm, a cold start reads its files from disk; overdue ones were decided with a clock two
// days behind, which costs nothing different; memory counts the whole process, some 150 MiB of it before any schedule.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { startProcess } from './contenders.mjs';
import { folder, remove } from './rig.mjs';

export const name = 'million';
export const title = 'schedules present: start, memory, and the cost of one run as they grow';
/** Takes a quarter of an hour: one round unless told otherwise. */
export const once = true;

const DAY = 86_400_000;

/** In a process that knows nothing yet. */
async function apart(path, work) {
  const fresh = await startProcess('../present', { path });
  try {
    return await work(fresh.call);
  } finally {
    await fresh.close();
  }
}

async function write(path, range) {
  const { ms } = await apart(path, (call) => call('write', range));
  const indexed = await apart(path, (call) => call('index'));
  const added = range.count - range.first;
  return {
    'written/s': Math.round((added / ms) * 1_000),
    'read model events/s': Math.round(((added * 2) / indexed.ms) * 1_000),
  };
}

const bytes = (path, file, count) => Math.round(statSync(join(path, file)).size / count);

export async function measure({ schedules = 1_000_000, runs = 2_000, inflight: inFlight = 100 } = {}) {
  const results = {};
  const sizes = [10_000, 100_000].filter((size) => size < schedules);
  const growing = folder();
  try {
    let first = 0;
    for (const present of [...sizes, schedules]) {
      const now = Date.now();
      const written = await write(growing, { first, count: present, now, due: now + 30 * DAY });
      first = present;
      const begun = await apart(growing, async (call) => ({
        ...(await call('start', { overdue: false })),
        ...(await call('runs', { runs, present, inFlight })),
      }));
      results[`${present} present`] = {
        ...written,
        ...begun,
        logBytesPerSchedule: bytes(growing, 'events.sqlite', present),
        readModelBytesPerSchedule: bytes(growing, 'read-model.sqlite', present),
      };
    }
  } finally {
    remove(growing);
  }
  const overdue = folder();
  try {
    const now = Date.now();
    await write(overdue, { first: 0, count: schedules, now: now - 2 * DAY, due: now - DAY });
    results[`${schedules} overdue`] = await apart(overdue, (call) => call('start', { overdue: true }));
  } finally {
    remove(overdue);
  }
  const least = results[`${sizes[0] ?? schedules} present`];
  const most = results[`${schedules} present`];
  results['CPU of one run, most to least present'] =
    Math.round((most.cpuMicrosPerRun / least.cpuMicrosPerRun) * 100) / 100;
  return results;
}
