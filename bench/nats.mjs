// Over NATS: a herd drained by 1, 2 and 4 executor processes; the round trip of a command; events relayed.
import { connect } from '@nats-io/transport-node';
import { startNats } from '../scripts/nats-server.mjs';
import { startServer } from '../dist/apps/scheduler/server.js';
import { streamPrefixes } from '../dist/libs/contracts/streams/index.js';
import { silent } from '../dist/libs/wiring/index.js';
import { turns } from './contenders.mjs';
import { startExecutors } from './executors.mjs';
import {
  caughtUp,
  createSchedules,
  dueAt,
  folder,
  openEngine,
  percentiles,
  remove,
  unlimited,
  wall,
} from './rig.mjs';
import { Tally } from './peers/clock.mjs';

export const name = 'nats';
export const title = 'one scheduler on SQLite, executors over NATS';

/** A herd due at one instant, until every run has ended in the log. */
async function herd(engine, executors, schedules, url) {
  const running = await startExecutors(executors, url);
  try {
    const due = Math.ceil((Date.now() + 2_000 + schedules / 2) / 1_000) * 1_000;
    const index = (n) => executors * 1_000_000 + n;
    const streams = await createSchedules(engine, schedules, (n) => dueAt(index(n), due));
    await caughtUp(engine);
    const tally = new Tally(due);
    const forget = engine.observers.listen((event) => {
      if (event.type === 'RunSucceeded') tally.ended(event.stream);
    });
    if (wall() > due) throw new Error('creating took too long; the machine is too busy');
    const last = await tally.until(schedules);
    forget();
    if (last === null) throw new Error(`only ${tally.over} of ${schedules} were over after ten minutes`);
    tally.prove(streams);
    return Math.round((schedules / (last - due)) * 1_000);
  } finally {
    await running.stop();
  }
}

/** Creations by request and reply: one after another, and 64 at a time. */
async function commands(url) {
  const nc = await connect({ servers: url });
  const create = async (n) => {
    const body = { user: `u${n}`, connection: `nats-${n}`, provider: 'bench', recurrence: 'monthly' };
    const started = wall();
    const reply = await nc.request('syncopate.v1.commands.default.schedules.create', JSON.stringify(body), {
      timeout: 10_000,
    });
    if (!reply.json().ok) throw new Error(reply.string());
    return wall() - started;
  };
  const alone = [];
  for (let n = 0; n < 500; n += 1) alone.push(await create(n));
  const started = wall();
  let next = 1_000;
  await Promise.all(
    Array.from({ length: 64 }, async () => {
      while (next < 4_000) await create(next++);
    }),
  );
  const perSecond = Math.round(3_000 / ((wall() - started) / 1_000));
  await nc.close();
  const { p50, p99 } = percentiles(alone);
  return { 'create p50 ms': p50, 'create p99 ms': p99, 'creates/s, 64 at once': perSecond };
}

/** From the first event of the log to the last, through the relay into JetStream. */
async function relayed(dataFolder, url) {
  const nc = await connect({ servers: url });
  const manager = await (await import('@nats-io/jetstream')).jetstreamManager(nc);
  const { Relay } = await import('../dist/libs/application/relay/index.js');
  const { EventRelay, JetStreamLayout } = await import('../dist/libs/messaging/nats/index.js');
  const { systemEnvironment } = await import('../dist/libs/wiring/index.js');
  const engine = await openEngine(dataFolder);
  const filter = { prefixes: Object.values(streamPrefixes) };
  let events = 0;
  for (let after = 0; ;) {
    const page = await engine.store.readAll(after, 10_000, filter);
    if (page.length === 0) break;
    events += page.length;
    after = page.at(-1).position;
  }
  await manager.streams.delete('SYNCOPATE_EVENTS');
  const layout = await JetStreamLayout.open(nc, 1);
  const started = wall();
  let seen = 0;
  const ms = await new Promise((resolve) => {
    // Its checkpoint is left alone: it begins at the first event.
    const store = {
      readSnapshot: async () => undefined,
      writeSnapshot: async () => {},
      subscribe: (options) => engine.store.subscribe(options),
      head: () => engine.store.head(),
    };
    const relay = new Relay({
      store,
      environment: systemEnvironment,
      publisher: new EventRelay(nc, layout),
      onRelayed: (count) => {
        seen += count;
        if (seen >= events) relay.stop().then(() => resolve(wall() - started));
      },
      onError: (what, error) => console.error(what, error),
      onEnded: (error) => console.error(error),
    });
    relay.start();
  });
  await engine.stop();
  await nc.close();
  return Math.round((events / ms) * 1_000);
}

export async function measure({ schedules = 5_000, round } = {}) {
  const dataFolder = folder();
  const nats = await startNats();
  try {
    const settings = {
      nats: { servers: [nats.url], replicas: 1 },
      node: 'bench',
      localExecutor: false,
      port: 0,
      quotas: { schedulesPerUser: 1_000_000, schedulesPerUserAndProvider: 1_000_000 },
    };
    const engine = await openEngine(dataFolder, { settings });
    const server = await startServer(engine, silent);
    await engine.start();
    await unlimited(engine);
    const result = {};
    for (const executors of turns([1, 2, 4], round))
      result[`runs/s, ${executors} executor${executors > 1 ? 's' : ''}`] = await herd(
        engine,
        executors,
        schedules,
        nats.url,
      );
    Object.assign(result, await commands(nats.url));
    await server.close();
    await engine.stop();
    result['events relayed/s'] = await relayed(dataFolder, nats.url);
    return result;
  } finally {
    await nats.stop();
    nats.remove();
    remove(dataFolder);
  }
}
