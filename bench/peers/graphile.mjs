// graphile-worker with the settings of its own performance test: concurrency 24, a local queue of 500, completions in
// batches. It deletes a job that succeeded: no history. Its crontab is a list handed over at the start, in whole minutes,
// without a way to add an item while it runs; `runAt` is its other way to have much due at one instant: once.
import { Logger, makeWorkerUtils, parseCronItems, run } from 'graphile-worker';
import { asking, numbers, payload, sleep, Tally, wall } from './clock.mjs';
import { connect } from './sql.mjs';

const TASK = 'sync';
const logger = new Logger(() => (level, message) => {
  if (level === 'error') console.error('graphile-worker:', message);
});

export async function open({ url, recurring = false }) {
  const utils = await makeWorkerUtils({ connectionString: url, logger });
  const sql = await connect(url);
  let tally;
  let runner;
  let items = [];
  const add = (n) => utils.addJob(TASK, payload(n));
  const insert = async (count, more, first = 0) => {
    const begun = wall();
    for (let n = 0; n < count; n += 1_000) {
      const some = Array.from({ length: Math.min(1_000, count - n) }, (_, i) => payload(first + n + i));
      await utils.addJobs(some.map((data) => ({ identifier: TASK, payload: data, ...more })));
    }
    return { begun, ms: wall() - begun };
  };
  return {
    setup: () => utils.migrate(),
    async schedule({ count, due, first = 0 }) {
      if (!recurring) return insert(count, { runAt: new Date(due) }, first);
      const begun = wall();
      const at = new Date(due);
      const match = `${at.getUTCMinutes()} ${at.getUTCHours()} * * *`;
      const item = (_, n) => ({ task: TASK, match, identifier: `s-${n}`, payload: payload(first + n) });
      items = parseCronItems(Array.from({ length: count }, item));
      return { ms: wall() - begun };
    },
    bulk: ({ count }) => insert(count, {}),
    ...asking(add),
    async work({ due } = {}) {
      tally = new Tally(due);
      if (runner !== undefined && items.length === 0) return;
      // A crontab is handed over at the start.
      await runner?.stop();
      const preset = {
        worker: {
          connectionString: url,
          concurrentJobs: 24,
          maxPoolSize: 25,
          logger,
          localQueue: { size: 500, refetchDelay: { durationMs: 10 } },
          completeJobBatchDelay: 0,
          failJobBatchDelay: 0,
        },
      };
      const task = (data) => {
        tally.started(data.at);
        tally.ended(data.n);
      };
      runner = await run({
        preset,
        noHandleSignals: true,
        parsedCronItems: items,
        taskList: { [TASK]: task },
      });
      // The list is known to the database before anything is due.
      if (items.length > 0) await new Promise((resolve) => runner.events.once('cron:started', resolve));
    },
    /** The handlers ran for all; over are they when no row is left. */
    async drained({ count, cutMs }) {
      let last = await tally.until(count, cutMs);
      while (last !== null) {
        if ((await sql.rows('select 1 from graphile_worker._private_jobs limit 1')).length === 0) break;
        await sleep(2);
        last = wall();
      }
      return { last, over: tally.over, lateness: tally.lateness };
    },
    prove: ({ count, first = 0, complete }) => tally.prove(numbers(first, count), complete),
    async close() {
      await runner?.stop();
      await sql.close();
      await utils.release();
    },
  };
}
