// Ours as a contender: an engine in a process of its own, embedded, or with executor processes over NATS. What is asked
// for ad hoc is "run now" on schedules that exist: the command, its run and its outcome are events of the log.
import { startServer } from '../../dist/apps/scheduler/server.js';
import { scheduleAggregate } from '../../dist/libs/application/actors/index.js';
import { silent } from '../../dist/libs/wiring/index.js';
import {
  caughtUp,
  context,
  createInBatches,
  createSchedules,
  dailyAt,
  dueAt,
  folder,
  openEngine,
  remove,
  unlimited,
} from '../rig.mjs';
import { asking, sleep, Tally, wall } from './clock.mjs';

const MONTH = 30 * 86_400_000;
const counts = { read: 0, written: 0, rejected: 0 };

/** `interval`: schedules recur after a time, and not at a time of day. */
export async function open({ nats, interval = false, settings = {} }) {
  const define = interval ? dueAt : dailyAt;
  const path = folder();
  /** When each connection's run was asked for. */
  const asked = new Map();
  let tally = new Tally();
  const over = nats && {
    nats: { servers: [nats], replicas: 1 },
    node: 'bench',
    localExecutor: false,
    port: 0,
  };
  const syncEngine = {
    sync: async (task) => {
      tally.started(asked.get(task.connection));
      return { kind: 'succeeded', counts };
    },
  };
  const engine = await openEngine(path, { syncEngine, settings: { ...over, ...settings } });
  const server = nats && (await startServer(engine, silent));
  await engine.start();
  await unlimited(engine);
  /** The streams of those that are to run. */
  let streams = [];
  engine.observers.listen((event) => {
    if (event.type === 'RunSucceeded') tally.ended(event.stream);
  });
  let requests = 0;
  const trigger = async (n) => {
    const stream = streams[n];
    asked.set(`connection-${n}`, wall());
    const command = { type: 'TriggerRun', request: `r-${(requests += 1)}` };
    const answer = await engine.actors.execute(scheduleAggregate, stream, command, context);
    if (!answer.ok) throw new Error(answer.rejection.message);
  };
  return {
    /** As many schedules as will be asked to run, due in a month: the peers create as many. */
    async setup({ count = 0 } = {}) {
      streams = await createSchedules(engine, count, (n) => define(n, Date.now() + MONTH + n));
      await caughtUp(engine);
    },
    async schedule({ count, due, first = 0 }) {
      const begun = wall();
      streams = await createSchedules(engine, count, (n) => define(1_000_000 + first + n, due), 100);
      const ms = wall() - begun;
      await caughtUp(engine);
      return { ms };
    },
    /** The same in batches of 1,000, one and then two of them at a time. */
    async scheduleMany({ count, due, first = 2_000_000 }) {
      const took = [];
      for (const inFlight of [1, 2]) {
        const begun = wall();
        await createInBatches(engine, count, (n) => define(first + inFlight * count + n, due), { inFlight });
        took.push(wall() - begun);
        await caughtUp(engine);
      }
      return { ms: took[0], twoMs: took[1] };
    },
    ...asking(trigger),
    async work({ due } = {}) {
      tally = new Tally(due);
    },
    async drained({ count, cutMs }) {
      return { last: await tally.until(count, cutMs), over: tally.over, lateness: tally.lateness };
    },
    /** What was put off while runs were due is done: the read model knows all of the log, and the world was told of it. */
    async settled() {
      await caughtUp(engine);
      if (!nats) return;
      const head = await engine.store.head();
      for (let left = 600; left > 0; left -= 1) {
        const [{ value }] = (await engine.telemetry.relayed.get()).values;
        if (value >= head) return;
        await sleep(100);
      }
      throw new Error('the relay did not come to the end of the log in a minute');
    },
    prove: ({ count, complete }) => tally.prove(streams.slice(0, count), complete),
    /** How late they began, when it was elsewhere. */
    async lateness(began) {
      return began.map(([connection, at]) => at - (tally.due ?? asked.get(connection)));
    },
    /** Some time after the last append: then the write-ahead log is moved into the file. */
    async diagnostics() {
      await sleep(3_000);
      return engine.store.diagnostics();
    },
    async close() {
      await server?.close();
      await engine.stop();
      remove(path);
    },
  };
}
