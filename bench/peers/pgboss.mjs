// pg-boss at its fastest: batches of 100, four fetchers, polling twice a second and at once again after a full batch.
// `schedule()` knows whole minutes only, looks every second here (default 30 s) and sends 50 a second at most;
// `startAfter` is its other way to have much due at one instant: once, not recurring. LISTEN/NOTIFY is left off: it makes
// commits queue for one lock, and single sends were seen to be three times slower with it. It is on where latency is asked.
import { PgBoss } from 'pg-boss';
import { asking, numbers, payload, pool, sleep, Tally, wall } from './clock.mjs';
import { connect } from './sql.mjs';

const QUEUE = 'bench';
const DAY = 86_400_000;
/** Schedules from here on were present before any that is measured. */
const PRESENT = 10_000_000;

export async function open({ url, recurring = false, notify = false }) {
  const boss = new PgBoss({
    connectionString: url,
    useListenNotify: notify,
    supervise: false,
    schedule: recurring,
    cronMonitorIntervalSeconds: 1,
    cronWorkerIntervalSeconds: 1,
  });
  boss.on('error', (error) => console.error('pg-boss:', error.message));
  await boss.start();
  const sql = await connect(url);
  let tally;
  let working = false;
  const send = (n) => boss.send(QUEUE, payload(n));
  const insert = async (count, more, first = 0) => {
    const begun = wall();
    for (let n = 0; n < count; n += 1_000) {
      const jobs = Array.from({ length: Math.min(1_000, count - n) }, (_, i) => ({
        data: payload(first + n + i),
        ...more,
      }));
      await boss.insert(QUEUE, jobs);
    }
    return { begun, ms: wall() - begun };
  };
  const schedule = ({ count, due, first = 0, cron: recurs = recurring }) => {
    if (!recurs) return insert(count, { startAfter: new Date(due) }, first);
    const at = new Date(due);
    const cron = `${at.getUTCMinutes()} ${at.getUTCHours()} * * *`;
    const begun = wall();
    return pool(count, 100, (n) =>
      boss.schedule(QUEUE, cron, payload(first + n), { key: `s-${first + n}`, tz: 'UTC' }),
    ).then(() => ({ ms: wall() - begun }));
  };
  return {
    async setup({ count = 0 } = {}) {
      await boss.createQueue(QUEUE, { notify });
      await schedule({ count, due: Date.now() + 20 * DAY, first: PRESENT, cron: true });
    },
    schedule,
    bulk: ({ count }) => insert(count, {}),
    ...asking(send),
    async work({ due } = {}) {
      tally = new Tally(due);
      if (working) return;
      working = true;
      const settings = {
        batchSize: 100,
        localConcurrency: 4,
        pollingIntervalSeconds: 0.5,
        burstWhenBatchFull: true,
      };
      await boss.work(QUEUE, settings, async (jobs) => {
        for (const job of jobs) tally.started(job.data.at);
        for (const job of jobs) tally.ended(job.data.n);
      });
    },
    /** The handlers ran for all; over are they when every row says so. */
    async drained({ count, cutMs }) {
      let last = await tally.until(count, cutMs);
      while (last !== null) {
        const open = `select 1 from pgboss.job where name = '${QUEUE}' and state < 'completed' limit 1`;
        if ((await sql.rows(open)).length === 0) break;
        await sleep(2);
        last = wall();
      }
      return { last, over: tally.over, lateness: tally.lateness };
    },
    prove: ({ count, first = 0, complete }) => tally.prove(numbers(first, count), complete),
    async close() {
      await sql.close();
      await boss.stop({ graceful: false });
    },
  };
}
