// Runs per second end to end, durably: from the first run asked for to the last one over and stored, each contender by
// its fastest way in. Ours is asked to run schedules that exist, with 1,000 such commands in flight, since there is none
// for many; BullMQ, pg-boss and graphile-worker are handed jobs, 1,000 to a call, by one process and work them off in
// another. Before the clock starts each has had 1,000 runs.
// Misleads: on two cores the peers' three processes crowd each other as ours do not; BullMQ `everysec` may lose a second
// of what it acknowledged; pg-boss settles a batch of 100 as a whole; graphile-worker keeps no history at all, while ours
// keeps four events for each run. Work that does nothing flatters whoever batches most.
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

export const name = 'peers';
export const title = 'runs/s end to end: ours embedded and over NATS, BullMQ, pg-boss, graphile-worker';
export const settings = () => ({
  versions: versions(),
  cpuMicrosPerRun: cpuCounted,
  counted: 'from the first run asked for to the last one over, asking included',
  ours: '"run now" on schedules created before, 1,000 in flight; concurrency 500; over NATS one executor process with 500',
  bullmq: `jobs kept, append-only file synced always / every second; ${bullmqAtOnce}`,
  'pg-boss': 'batches of 100, 4 fetchers, poll 0.5 s, burst when full, no notify',
  'graphile-worker': 'concurrency 24, local queue 500, completions in batches',
  postgres: 'fsync, synchronous_commit and full_page_writes on, 512 MB shared buffers',
});

/** Runs asked for at once. */
const CALL = 1_000;

const NAMES = [
  'ours',
  'ours over NATS',
  'BullMQ always',
  'BullMQ always with 500',
  'BullMQ everysec',
  'pg-boss',
  'graphile-worker',
];

async function one(name, { count, executors }) {
  const own = name.startsWith('ours');
  const entered = await enter(name, { executors, count: own ? count : 0 });
  const { producer, cpu, memory, stop } = entered;
  const ask = (some) =>
    own ? producer.call('single', { count: some, inFlight: CALL }) : producer.call('bulk', { count: some });
  try {
    await warmUp(entered, { count }, ask);
    const before = cpu();
    const { begun } = await ask(count);
    const { last, over, cpu: used } = await drain(entered, { count, before });
    if (last === null) throw new Error(`${name}: only ${over} of ${count} were over after ten minutes`);
    return {
      'runs/s': Math.round((count / (last - begun)) * 1_000),
      ...used,
      memoryMiB: memory(),
    };
  } finally {
    await stop();
  }
}

export async function measure({ schedules: count = 10_000, executors, contenders, round } = {}) {
  const results = {};
  for (const name of turns(chosen(NAMES, contenders), round))
    results[name] = await one(name, { count, executors });
  const { ours, 'ours over NATS': remote } = results;
  for (const [name, other] of Object.entries(results)) {
    if (ours && name !== 'ours') results[`runs/s: ours to ${name}`] = ratio(ours['runs/s'], other['runs/s']);
  }
  for (const name of ['BullMQ always', 'BullMQ always with 500']) {
    const bullmq = results[name];
    if (remote && bullmq)
      results[`runs/s: ours over NATS to ${name}`] = ratio(remote['runs/s'], bullmq['runs/s']);
    if (ours && bullmq)
      results[`CPU per run: ours to ${name}`] = ratio(ours.cpuMicrosPerRun, bullmq.cpuMicrosPerRun);
  }
  return results;
}
