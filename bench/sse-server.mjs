// The service with its HTTP door, in a process of its own (started by sse.mjs): runs at a steady rate, and how late its
// event loop comes round meanwhile.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { startServer } from '../dist/apps/scheduler/server.js';
import { scheduleAggregate } from '../dist/libs/application/actors/index.js';
import { scheduleStream } from '../dist/libs/contracts/streams/index.js';
import { silent } from '../dist/libs/wiring/index.js';
import { paced, pool } from './peers/clock.mjs';
import { caughtUp, context, dueAt, folder, openEngine, remove, unlimited } from './rig.mjs';

const MONTH = 30 * 86_400_000;

export async function open() {
  const path = folder();
  const engine = await openEngine(path, { settings: { port: 0 } });
  const server = await startServer(engine, silent);
  await engine.start();
  await unlimited(engine);
  const ids = [];
  return {
    async setup({ count }) {
      for (let n = 0; n < count; n += 1) ids.push(engine.creation.scheduleId(context));
      await pool(count, 500, async (n) => {
        const answer = await engine.creation.create(ids[n], dueAt(n, Date.now() + MONTH), context);
        if (!answer.ok) throw new Error(answer.rejection.message);
      });
      await caughtUp(engine);
      return { url: server.url };
    },
    /** Events that the runs made; the loop's delay beyond the millisecond at which it is looked at. */
    async run({ perSecond }) {
      let events = 0;
      const forget = engine.observers.listen(() => (events += 1));
      const delay = monitorEventLoopDelay({ resolution: 1 });
      delay.enable();
      const cpu = process.cpuUsage();
      const begun = performance.now();
      const took = await paced(ids.length, perSecond, async (n) => {
        const command = { type: 'TriggerRun', request: `r-${begun}-${n}` };
        await engine.actors.execute(scheduleAggregate, scheduleStream(ids[n]), command, context);
      });
      // The last ones are on their way for a moment.
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      delay.disable();
      forget();
      const { user, system } = process.cpuUsage(cpu);
      const ms = (nanoseconds) => Math.round(nanoseconds / 1e4) / 100;
      return {
        events,
        took: [...took],
        cores: Math.round((user + system) / (performance.now() - begun) / 10) / 100,
        loopDelayMs: { p50: ms(delay.percentile(50)), p99: ms(delay.percentile(99)), max: ms(delay.max) },
      };
    },
    async close() {
      await server.close();
      await engine.stop();
      remove(path);
    },
  };
}
