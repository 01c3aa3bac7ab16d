// Many schedules present, in a process of its own (started by million.mjs): written into a log as the aggregates decide
// them, then met by an engine that starts.
import { join } from 'node:path';
import { scheduleAggregate } from '../dist/libs/application/actors/index.js';
import { scheduleStream } from '../dist/libs/contracts/streams/index.js';
import { openSqliteEventStore } from '../dist/libs/event-store/sqlite/index.js';
import { created } from './decided.mjs';
import { numbers, pool, sleep, Tally, wall } from './peers/clock.mjs';
import { cpuWhenCalm } from './processes.mjs';
import { caughtUp, context, dueAt, openEngine, unlimited } from './rig.mjs';

const cpuSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const rssMiB = () => Math.round(process.memoryUsage.rss() / 1024 ** 2);
const idOf = (n) => `${n.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;

/** From the first line of the process on, Node's own start included. */
const sinceBegin = () => wall() - performance.timeOrigin;

/** A schedule that is met again by another process is asked for another run. */
const mark = process.pid.toString(36);

export async function open({ path }) {
  let engine;
  const tally = new Tally();
  let ready;
  return {
    /** Schedules `first` to `count`, due at `due` and decided at `now`: each its claim and its definition. */
    async write({ first, count, now, due }) {
      const store = await openSqliteEventStore({ path: join(path, 'events.sqlite') });
      const begun = wall();
      await pool(count - first, 2_000, async (index) => {
        const n = first + index;
        await created(store, { id: idOf(n), definition: dueAt(n, due + (n % 3_600) * 1_000), now });
      });
      const ms = wall() - begun;
      await store.close();
      return { ms };
    },
    /** The read models, up to the end of the log. */
    async index() {
      const opened = await openEngine(path);
      const begun = wall();
      await caughtUp(opened);
      const ms = wall() - begun;
      await opened.stop();
      return { ms };
    },
    /** Until the clock is watched; then until a first run is decided, of what is overdue or of what is asked for. */
    async start({ overdue }) {
      let first;
      engine = await openEngine(path);
      const queued = new Promise((resolve) => (first = resolve));
      engine.observers.listen((event) => {
        if (event.type === 'RunQueued') first(sinceBegin());
        if (event.type === 'RunSucceeded') tally.ended(event.stream);
      });
      await engine.start();
      ready = sinceBegin();
      const unused = rssMiB();
      if (!overdue) {
        const command = { type: 'TriggerRun', request: `first-${mark}` };
        await engine.actors.execute(scheduleAggregate, scheduleStream(idOf(0)), command, context);
      }
      return {
        readyMs: Math.round(ready),
        firstDecisionMs: Math.round(await queued),
        'rss, none used yet, MiB': unused,
      };
    },
    /** Runs of schedules from all over, each met for the first time: what one costs. */
    async runs({ runs, present, inFlight }) {
      await unlimited(engine);
      // The first decision's run is over before.
      await tally.until(1);
      // No service has read this log yet: the sagas of one node for all do so now, which is nothing that a run costs.
      await caughtUp(engine);
      await cpuWhenCalm(cpuSeconds);
      const stride = Math.floor((present - 1) / runs);
      const streams = numbers(0, runs).map((n) => scheduleStream(idOf(1 + n * stride)));
      const before = cpuSeconds();
      const begun = wall();
      await pool(runs, inFlight, async (n) => {
        const answer = await engine.actors.execute(
          scheduleAggregate,
          streams[n],
          { type: 'TriggerRun', request: `r-${mark}-${n}` },
          context,
        );
        if (!answer.ok) throw new Error(answer.rejection.message);
      });
      await tally.until(1 + runs);
      const ms = wall() - begun;
      const meanwhile = cpuSeconds();
      // What was put off while there were runs is part of them.
      await caughtUp(engine);
      const used = await cpuWhenCalm(cpuSeconds);
      tally.prove([scheduleStream(idOf(0)), ...streams]);
      return {
        'runs/s': Math.round((runs / ms) * 1_000),
        cpuMicrosPerRun: Math.round(((used - before) / runs) * 1e6),
        cpuMicrosPerRunMeanwhile: Math.round(((meanwhile - before) / runs) * 1e6),
        [`rss after ${runs} runs, MiB`]: rssMiB(),
      };
    },
    /** What is overdue is left behind undone: the folder goes with the process. */
    async close() {
      if (engine !== undefined && ready !== undefined) await Promise.race([engine.stop(0), sleep(5_000)]);
    },
  };
}
