import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Msg, type NatsConnection } from '@nats-io/transport-node';
import { jetstreamManager } from '@nats-io/jetstream';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { scheduleAggregate, type CommandContext } from '#lib/application/actors';
import { shardOf, subjects, type GivenWork } from '#lib/contracts/messages';
import { idleHeartbeat } from '#lib/contracts/testing';
import { scheduleStream } from '#lib/contracts/streams';
import { definition } from '#lib/domain/testing';
import { Engine, readConfiguration, silent } from '#lib/wiring';
import { startNats } from '../../scripts/nats-server.mjs';

const LEASE = 5_000;
const context: CommandContext = { tenant: 'default', actor: 'api:test', correlation: 'c' };

let nats: Awaited<ReturnType<typeof startNats>>;
let nc: NatsConnection;
let engine: Engine;
let folder: string;

beforeAll(async () => {
  nats = await startNats();
});
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'syncopate-given-'));
  nc = await connect({ servers: nats.url });
  const configuration = {
    ...readConfiguration({}),
    dataFolder: folder,
    localExecutor: false,
    node: 's1',
    leaseMs: LEASE,
    takeoverMs: 1_000,
    nats: { servers: [nats.url], replicas: 1 },
  };
  engine = await Engine.open(configuration, { log: silent });
  await engine.start();
  await dispatching();
});
afterEach(async () => {
  await engine.stop(0);
  await (await jetstreamManager(nc)).streams.purge('SYNCOPATE_WORK');
  await nc.close();
  rmSync(folder, { recursive: true, force: true });
});
afterAll(async () => {
  await nats.stop();
  nats.remove();
});

const beat = (name: string, { capacity = 10 } = {}): void => {
  const idle = idleHeartbeat(name, { capacity, at: Date.now() });
  nc.publish(subjects.beat(name), JSON.stringify({ ...idle, claim: `process of ${name}`, asking: [] }));
};

/** Messages on a subject one after another, each answered unless the executor is deaf. */
function listening(name: string, hears = (): boolean => true): () => Promise<GivenWork> {
  const got: GivenWork[] = [];
  const waiting: ((work: GivenWork) => void)[] = [];
  nc.subscribe(subjects.give(name), {
    callback: (_, message: Msg) => {
      if (!hears()) return;
      message.respond();
      const work = message.json<GivenWork>();
      const next = waiting.shift();
      if (next === undefined) got.push(work);
      else next(work);
    },
  });
  return async () => got.shift() ?? (await new Promise<GivenWork>((resolve) => waiting.push(resolve)));
}

/** Creates a schedule and asks it to run: the types of events, and what was appended with what. */
async function triggered(id: string) {
  const stream = scheduleStream(id);
  const command = (what: object) => engine.actors.execute(scheduleAggregate, stream, what as never, context);
  await command({
    type: 'CreateSchedule',
    id,
    definition: definition({ connection: id, user: id, provider: 'anything' }),
  });
  await command({ type: 'TriggerRun', request: 'r' });
  return (await engine.store.readStream(stream)).map(({ type }) => type);
}

/** Until this node has offered a run: it dispatches, and nobody waits. */
async function dispatching(): Promise<void> {
  await triggered('first');
  const { streams } = await jetstreamManager(nc);
  while ((await streams.info('SYNCOPATE_WORK')).state.messages === 0);
}

/** Until the scheduler has heard it, asked whether it answers, and had its answer. */
async function known(name: string, next: () => Promise<GivenWork>): Promise<void> {
  // What the scheduler listens to, and then what this executor does, is known to the server.
  await engine.messaging.nats?.nc.flush();
  await nc.flush();
  beat(name);
  expect(await next()).toEqual({ claim: `process of ${name}`, items: [] });
  await heard(name);
}

/** Answered after whatever was said before. */
const heard = (name: string): Promise<unknown> =>
  nc.request(subjects.desk(shardOf('first'), name, 'batch'), '{}');

/** What is given of a schedule, whatever comes before. */
async function of(schedule: string, next: () => Promise<GivenWork>): Promise<GivenWork['items'][number]> {
  for (;;) {
    const found = (await next()).items.find(({ item }) => item.schedule === schedule);
    if (found !== undefined) return found;
  }
}

test('given an executor with room that answers, a run starts with its decision and the executor is told what it holds', async () => {
  const next = listening('e1');
  await known('e1', next);
  const id = 's1';
  expect(await triggered(id)).toEqual(['ScheduleCreated', 'RunQueued', 'RunStarted']);
  const { item, granted } = await of(id, next);
  expect(item).toMatchObject({ run: `${id}.m.r`, attempt: 1, provider: 'anything' });
  expect(granted).toMatchObject({ granted: true, fence: 1, leaseMs: LEASE });
  const [, queued, started] = await engine.store.readStream(scheduleStream(id));
  expect(queued?.metadata.at).toBe(started?.metadata.at);
  expect(started?.data).toMatchObject({ executor: 'e1', claim: 'process of e1' });
});

test('given one that leaves, and another that nobody hears, a run waits in the queue', async () => {
  const next = listening('e1');
  await known('e1', next);
  expect(await triggered('s1')).toContain('RunStarted');
  beat('e1', { capacity: 0 });
  beat('deaf');
  await heard('e1');
  expect(await triggered('s2')).toEqual(['ScheduleCreated', 'RunQueued']);
});

test('given the word of it was lost, heartbeats that do not name it have it said again, until it is reported', async () => {
  let deaf = false;
  const next = listening('e1', () => !deaf);
  await known('e1', next);
  const id = 's1';
  deaf = true;
  expect(await triggered(id)).toContain('RunStarted');
  deaf = false;
  await nc.flush();
  beat('e1');
  beat('e1');
  const { item, granted } = await of(id, next);
  const { tenant, schedule, run, attempt } = item;
  const { fence } = granted;
  const outcome = { kind: 'succeeded', counts: { read: 0, written: 0, rejected: 0 } };
  const report = { tenant, schedule, run, attempt, fence, executor: 'e1', outcome };
  const answer = await nc.request(subjects.desk(shardOf(schedule), 'e1', 'report'), JSON.stringify(report));
  expect(answer.json()).toEqual({ answer: { accepted: true } });
});
