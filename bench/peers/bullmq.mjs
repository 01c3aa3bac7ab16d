// BullMQ as docs.bullmq.io recommends: default job options, so that finished jobs stay; a worker with concurrency 100
// or told otherwise. Its schedulers recur at a time of day, by a cron pattern, or, where told so, after a time, which costs
// less: a pattern is parsed again for each job.
// It can do all that is measured: job schedulers for recurring work, to the second, and jobs one by one or in bulk.
import { Queue, Worker } from 'bullmq';
import { asking, numbers, payload, pool, Tally, wall } from './clock.mjs';

const DAY = 86_400_000;
/** Schedules from here on were present before any that is measured. */
const PRESENT = 10_000_000;

export async function open({ port, concurrency = 100, interval = false }) {
  const connection = { host: '127.0.0.1', port, maxRetriesPerRequest: null };
  const queue = new Queue('bench', { connection });
  await queue.waitUntilReady();
  let worker;
  let tally;
  const add = (n) => queue.add('sync', payload(n));
  /** Recurring, all due at one instant. `few`: their lateness is told apart. */
  const schedule = async ({ count, due, first = 0, few = false }) => {
    const at = new Date(due);
    const pattern = `${at.getUTCSeconds()} ${at.getUTCMinutes()} ${at.getUTCHours()} * * *`;
    const repeat = interval ? { every: DAY, startDate: due } : { pattern, tz: 'UTC', startDate: due - 1_000 };
    const begun = wall();
    await pool(count, 100, (n) =>
      queue.upsertJobScheduler(`s-${first + n}`, repeat, {
        name: 'sync',
        data: { ...payload(first + n), few },
      }),
    );
    return { ms: wall() - begun };
  };
  return {
    async setup({ count = 0 } = {}) {
      await schedule({ count, due: Date.now() + 30 * DAY, first: PRESENT });
    },
    schedule,
    async bulk({ count }) {
      const begun = wall();
      for (let n = 0; n < count; n += 1_000) {
        const jobs = Array.from({ length: Math.min(1_000, count - n) }, (_, i) => payload(n + i));
        await queue.addBulk(jobs.map((data) => ({ name: 'sync', data })));
      }
      return { begun };
    },
    ...asking(add),
    async work({ due } = {}) {
      tally = new Tally(due);
      if (worker !== undefined) return;
      const run = async (job) => tally.started(job.data.at, job.data.few);
      worker = new Worker('bench', run, { connection, concurrency });
      worker.on('error', (error) => console.error('BullMQ:', error.message));
      worker.on('completed', (job) => tally.ended(job.data.n));
      await worker.waitUntilReady();
    },
    async drained({ count, cutMs }) {
      return {
        last: await tally.until(count, cutMs),
        over: tally.over,
        lateness: tally.lateness,
        few: tally.few,
      };
    },
    prove: ({ count, first = 0, complete }) => tally.prove(numbers(first, count), complete),
    async close() {
      await worker?.close(true);
      await queue.close();
    },
  };
}
