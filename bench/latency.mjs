// "Run now": from asking for a run to its start, at a calm 200 a second; as many as go with 100 in flight, until all are
// durably over; what a command takes while the herd of others is being worked off; and creations a second, with ours
// also in batches of 1,000. BullMQ adds jobs in bulk but not job schedulers (`upsertJobScheduler` is for one), pg-boss has
// no bulk for schedules either: both are compared with what they do one by one.
// Ours and BullMQ `always` answer only what is on disk. With ours the asker, the scheduler and the executor are one
// process (over NATS the executor is another); with the peers asker and worker are two.
// Before the clock starts each has created as many schedules as runs will be asked for, and has had 1,000 runs.
// Misleads: 200 a second for 20 s are 4,000 runs, so p99 rests on 40 of them; over NATS the asker sits inside the scheduler.
import {
  bullmqAtOnce,
  chosen,
  cpuCounted,
  drain,
  enter,
  ratio,
  turns,
  versions,
  warmUp,
} from './contenders.mjs';
import { brief } from './rig.mjs';

export const name = 'latency';
export const title = '"run now" at a calm pace and in a rush, commands under load, creations';
export const settings = () => ({
  versions: versions(),
  cpuMicrosPerRun: cpuCounted,
  bullmq: `append-only file synced always; ${bullmqAtOnce}`,
  'pg-boss': 'batches of 100, 4 fetchers, poll 0.5 s; with its notify for the calm pace',
});

const NAMES = ['ours', 'ours over NATS', 'BullMQ always', 'BullMQ always with 500', 'pg-boss'];
const IN_BATCHES = 'creates/s in batches of 1,000';
const DAY = 86_400_000;

/** At a pace: what asking took, and how long after it the run started. */
async function calm(name, { perSecond, seconds, executors }) {
  const count = perSecond * seconds;
  const entered = await enter(name, { count, executors, notify: true });
  const { producer, worker, stop } = entered;
  try {
    await warmUp(entered, { count }, (some) => producer.call('pace', { count: some, perSecond }));
    const { took } = await producer.call('pace', { count, perSecond });
    const { last, lateness } = await worker.call('drained', { count, cutMs: 60_000 });
    if (last === null) throw new Error(`${name}: not all of ${count} runs were over in a minute`);
    await worker.call('prove', { count });
    return { 'asked to started, ms': brief(lateness), 'command, ms': brief(took) };
  } finally {
    await stop();
  }
}

/** All there is, 100 in flight: how fast, and how long a command takes then. */
async function rush(name, { count, inFlight, executors }) {
  const entered = await enter(name, { count, executors });
  const { own, producer, cpu, stop } = entered;
  try {
    await warmUp(entered, { count }, (some) => producer.call('single', { count: some, inFlight }));
    const before = cpu();
    const { begun, took } = await producer.call('single', { count, inFlight });
    const { last, cpu: used } = await drain(entered, { count, before });
    if (last === null) throw new Error(`${name}: not all of ${count} runs were over in ten minutes`);
    // Far away, and recurring with all of them.
    const due = Date.now() + 20 * DAY;
    const { ms } = await producer.call('schedule', { count, due });
    const bulk = own ? await producer.call('scheduleMany', { count, due }) : {};
    return {
      [`runs/s, ${inFlight} in flight`]: Math.round((count / (last - begun)) * 1_000),
      ...used,
      'command under load, ms': brief(took),
      'creates/s, 100 in flight': Math.round((count / ms) * 1_000),
      ...(own
        ? {
            [IN_BATCHES]: Math.round((count / bulk.ms) * 1_000),
            [`${IN_BATCHES}, two at a time`]: Math.round((count / bulk.twoMs) * 1_000),
          }
        : {}),
    };
  } finally {
    await stop();
  }
}

export async function measure({
  rate: perSecond = 200,
  seconds = 20,
  runs: count = 10_000,
  inflight: inFlight = 100,
  executors,
  contenders: only,
  round,
} = {}) {
  const results = {};
  const names = turns(chosen(NAMES, only), round);
  for (const name of names) results[name] = await calm(name, { perSecond, seconds, executors });
  for (const name of names) Object.assign(results[name], await rush(name, { count, inFlight, executors }));
  for (const own of ['ours', 'ours over NATS']) {
    for (const peer of ['BullMQ always', 'BullMQ always with 500', 'pg-boss']) {
      const [a, b] = [results[own], results[peer]];
      if (a === undefined || b === undefined) continue;
      const started = 'asked to started, ms';
      results[`${own} to ${peer}`] = {
        'p50 started': ratio(a[started].p50, b[started].p50),
        'p99 started': ratio(a[started].p99, b[started].p99),
        'runs/s': ratio(a[`runs/s, ${inFlight} in flight`], b[`runs/s, ${inFlight} in flight`]),
        'CPU per run': ratio(a.cpuMicrosPerRun, b.cpuMicrosPerRun),
        'creates/s': ratio(a['creates/s, 100 in flight'], b['creates/s, 100 in flight']),
        // The peer one by one: neither has a bulk command for what recurs.
        'creates/s in batches': ratio(a[IN_BATCHES], b['creates/s, 100 in flight']),
      };
    }
  }
  return results;
}
