// Schedules due at one instant: lateness of each run's start, and how long until all have ended, durably. Ours and
// BullMQ's job schedulers recur to the second. pg-boss and graphile-worker recur on whole minutes only, and are shown
// twice: with their recurring schedules, and with single jobs set for the instant, which is less than what is asked.
// `--contenders=ours` for ours alone; `--schedules=100000` for more; `--cut=60`: seconds after which nobody is waited for.
// `--warm`: each has been through such an instant before, with other schedules: a service that is up, not one that began.
// Misleads: whoever was cut has lateness only of those that started, which flatters it; graphile-worker counts an
// occurrence as created when its list was parsed, and keeps no history; pg-boss's singles are late by its polling.
import {
  bullmqAtOnce,
  chosen,
  contenders,
  cpuCounted,
  drain,
  enter,
  ratio,
  turns,
  versions,
} from './contenders.mjs';
import { sleep } from './peers/clock.mjs';
import { brief } from './rig.mjs';

export const name = 'herd';
export const title = 'schedules due at one instant, 10,000 unless told otherwise';
export const settings = () => ({
  versions: versions(),
  cpuMicrosPerRun: cpuCounted,
  ours: 'embedded, concurrency 500; over NATS one executor process with 500',
  recurring: 'at a time of day (ours daily, BullMQ by a cron pattern); by interval: a day or a year after',
  BullMQ: `job schedulers; ${bullmqAtOnce}`,
  'pg-boss schedules': 'its fastest: looks every second, sends 50 a second; whole minutes',
  'pg-boss': 'insert with startAfter: one run each, not recurring',
  'graphile-worker': 'addJobs with runAt, looked for every 2 s: one run each, not recurring; no history',
  'graphile-worker crontab': 'a list given at the start, whole minutes, nothing can be added; no history',
});

const NAMES = [
  'ours',
  'ours over NATS',
  'ours by interval',
  'BullMQ always',
  'BullMQ always with 500',
  'BullMQ always by interval',
  'BullMQ everysec',
  'pg-boss',
  'pg-boss schedules',
  'graphile-worker',
  'graphile-worker crontab',
];
/** Schedules that each creates in a millisecond at the very least. */
const CREATES = { 'pg-boss schedules': 0.7, 'ours over NATS': 1.5 };

/** One instant: created before it, and waited for until all have ended. */
async function instant(name, entered, { count, cutMs, first }) {
  const { own, producer, worker, cpu } = entered;
  const unit = contenders[name].minutes === true ? 60_000 : 1_000;
  const due = Math.ceil((Date.now() + 4_000 + count / (CREATES[name] ?? 2)) / unit) * unit;
  if (own) await worker.call('work', { due });
  const { ms } = await producer.call('schedule', { count, due, first });
  if (!own) await worker.call('work', { due });
  if (Date.now() > due)
    throw new Error(`${name}: creating took until after the instant; the machine is too busy`);
  await sleep(due - 50 - Date.now());
  const drained = await drain(entered, { count, cutMs: cutMs + 50, first, before: cpu() });
  return { ...drained, ms, elapsed: (drained.last ?? due + cutMs) - due };
}

async function one(name, { count, cutMs, executors, warm }) {
  const apart = name !== 'graphile-worker crontab';
  const entered = await enter(name, { executors, apart });
  const { producer, memory, stop } = entered;
  try {
    let seen = await instant(name, entered, { count, cutMs, first: 0 });
    // Whoever was cut off is not over with the first: its runs would come among those of a second.
    if (warm && seen.last !== null) seen = await instant(name, entered, { count, cutMs, first: count });
    const { last, over, lateness, ms, cpu, elapsed } = seen;
    const { diagnostics } = name.startsWith('ours')
      ? { diagnostics: await producer.call('diagnostics') }
      : {};
    return {
      ...(name === 'graphile-worker crontab' ? {} : { 'creates/s': Math.round((count / ms) * 1_000) }),
      'runs/s': Math.round((over / elapsed) * 1_000),
      ...(last === null
        ? { 'not drained': `${over} of ${count} within ${cutMs / 1_000} s` }
        : { drainedMs: Math.round(elapsed) }),
      latenessMs: brief(lateness),
      early: lateness.filter((value) => value < 0).length,
      ...cpu,
      memoryMiB: memory(),
      ...(diagnostics && { bytesPerEvent: Math.round(diagnostics.fileBytes / diagnostics.events) }),
    };
  } finally {
    await stop();
  }
}

export async function measure(options = {}) {
  const { schedules: count = 10_000, cut = 60, executors, contenders: only, round } = options;
  const warm = 'warm' in options;
  const results = {};
  for (const name of turns(chosen(NAMES, only), round)) {
    // Each of its items is looked up among all others: 100,000 take hours.
    if (name === 'graphile-worker crontab' && count > 20_000) continue;
    results[name] = await one(name, { count, cutMs: cut * 1_000, executors, warm });
  }
  return { ...results, ...compared(results) };
}

/** Each of ours to each of the others, and one of ours to the other. */
function compared(results) {
  const ratios = {};
  const names = Object.keys(results);
  for (const own of names.filter((name) => name.startsWith('ours'))) {
    for (const other of names) {
      if (other === own || other === 'ours') continue;
      const [a, b] = [results[own], results[other]];
      ratios[`${own} to ${other}`] = {
        'runs/s': ratio(a['runs/s'], b['runs/s']),
        p99: ratio(a.latenessMs.p99, b.latenessMs.p99),
        'CPU per run': ratio(a.cpuMicrosPerRun, b.cpuMicrosPerRun),
      };
    }
  }
  return ratios;
}
