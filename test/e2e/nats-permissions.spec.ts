import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { jetstream } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { scheduleStream } from '#lib/contracts/streams';
import { shardOf, subjects } from '#lib/contracts/messages';
import { Engine, readConfiguration, silent, startRemoteExecutor, type RemoteExecutor } from '#lib/wiring';
import { startNats, type NatsServer } from '../../scripts/nats-server.mjs';
import { startServer, type Server } from './described-server.js';
import { done, ScriptedEngine } from './support.js';

const config = fileURLToPath(new URL('../../deploy/nats/nats-server.conf', import.meta.url));
const env = {
  SCHEDULER_PASSWORD: 'pw-scheduler',
  EXECUTOR_PASSWORD: 'pw-executor',
  PUBLISHER_PASSWORD: 'pw-publisher',
  SUBSCRIBER_PASSWORD: 'pw-subscriber',
};
const work = new ScriptedEngine();
let nats: NatsServer;
let engine: Engine;
let server: Server;
let executor: RemoteExecutor;
const opened: NatsConnection[] = [];

const configuration = (user: string, password: string, node: string) => ({
  ...readConfiguration({}),
  port: 0,
  dataFolder: mkdtempSync(join(tmpdir(), 'syncopate-permissions-')),
  localExecutor: false,
  node,
  nats: { servers: [nats.url], replicas: 1, user, password },
});

beforeAll(async () => {
  nats = await startNats({ config, env });
  engine = await Engine.open(configuration('scheduler', env.SCHEDULER_PASSWORD, 's1'), { log: silent });
  server = await startServer(engine, silent);
  await engine.start();
  executor = await startRemoteExecutor({
    configuration: configuration('executor-e1', env.EXECUTOR_PASSWORD, 'e1'),
    log: silent,
    syncEngine: work,
  });
});
afterAll(async () => {
  await Promise.all(opened.map((nc) => nc.close()));
  await executor.stop(0);
  await server.close();
  await engine.stop(0);
  await nats.stop();
  nats.remove();
});

const as = async (user: string, inbox: string): Promise<NatsConnection> => {
  const pass = `pw-${user.split('-')[0]}`;
  const nc = await connect({ servers: nats.url, user, pass, inboxPrefix: `_INBOX.${inbox}` });
  opened.push(nc);
  return nc;
};

/** The subject that the server refused; undefined when it let it pass. */
async function refusal(nc: NatsConnection, act: () => unknown): Promise<string | undefined> {
  const refused: string[] = [];
  const watching = (async () => {
    for await (const status of nc.status())
      if (status.type === 'error' && /permissions violation/i.test(status.error.message)) {
        refused.push(status.error.message);
        return;
      }
  })();
  act();
  // The server answers in order: what comes back from a flush after the refusal was sent came after it.
  await nc.flush();
  await Promise.race([watching, nc.flush()]);
  return refused[0];
}

const trigger = {
  user: 'ann',
  connection: 'c1',
  provider: 'anything',
  recurrence: { frequency: 'monthly', days: [1] },
};

describe('with the deployed permissions', () => {
  test('a publisher creates and triggers, an executor runs it, a subscriber reads what happened', async () => {
    const publisher = await as('publisher', 'publisher.p1');
    const ask = async (verb: string, payload: object) =>
      (
        await publisher.request(`syncopate.v1.commands.default.schedules.${verb}`, JSON.stringify(payload))
      ).json<{
        result: { id: string };
      }>();
    const { result } = await ask('create', trigger);
    await ask('trigger', { id: result.id });
    const subscriber = await as('subscriber', 'subscriber.x');
    const consumer = await jetstream(subscriber).consumers.get('SYNCOPATE_EVENTS', {
      filter_subjects: 'syncopate.v1.events.default.schedule.>',
    });
    const messages = await consumer.consume();
    const types: string[] = [];
    for await (const message of messages) {
      types.push(message.json<{ type: string }>().type);
      if (types.at(-1) === 'RunSucceeded') break;
    }
    await messages.close();
    expect(types).toEqual(['ScheduleCreated', 'RunQueued', 'RunStarted', 'RunSucceeded']);
    expect(work.tasks).toHaveLength(1);
  });

  test.each([
    ['executor-e1', 'executor.e1', 'syncopate.v1.desk.0.e2.report', "another executor's report"],
    ['executor-e1', 'executor.e1', 'syncopate.v1.beat.e2', "another executor's heartbeat"],
    ['executor-e1', 'executor.e1', 'syncopate.v1.work.anything.normal', 'work of its own making'],
    ['executor-e1', 'executor.e1', 'syncopate.v1.give.e2', 'work for another'],
    ['executor-e1', 'executor.e1', 'syncopate.v1.commands.default.schedules.delete', 'a command'],
    ['executor-e1', 'executor.e1', '$JS.API.STREAM.DELETE.SYNCOPATE_WORK', 'the end of the queue'],
    ['executor-e1', 'executor.e1', '$JS.API.STREAM.PURGE.SYNCOPATE_WORK', 'an empty queue'],
    ['executor-e1', 'executor.e1', '$KV.syncopate-leases.dispatch', 'a lease'],
    ['publisher', 'publisher.p', 'syncopate.v1.commands.other.schedules.create', "another tenant's command"],
    [
      'publisher',
      'publisher.p',
      'syncopate.v1.events.default.schedule.RunSucceeded',
      'an event of its own making',
    ],
    ['publisher', 'publisher.p', '$JS.API.STREAM.DELETE.SYNCOPATE_COMMANDS', 'the end of the commands'],
    ['subscriber', 'subscriber.s', 'syncopate.v1.commands.default.schedules.list', 'a query'],
    ['subscriber', 'subscriber.s', '$JS.API.STREAM.PURGE.SYNCOPATE_EVENTS', 'an empty history'],
    ['subscriber', 'subscriber.s', '$JS.API.CONSUMER.MSG.NEXT.SYNCOPATE_WORK.x', 'work'],
  ])('%s (%s) may not publish %s: %s', async (user, inbox, subject) => {
    const nc = await as(user, inbox);
    expect(await refusal(nc, () => nc.publish(subject, '{}'))).toContain(subject);
  });

  test.each([
    ['executor-e1', 'executor.e1', '_INBOX.>'],
    ['executor-e1', 'executor.e1', 'syncopate.v1.stop.e2'],
    ['executor-e1', 'executor.e1', 'syncopate.v1.give.e2'],
    ['publisher', 'publisher.p', '_INBOX.executor.e1.>'],
    ['publisher', 'publisher.p', 'syncopate.v1.>'],
    ['subscriber', 'subscriber.s', 'syncopate.v1.desk.>'],
    ['subscriber', 'subscriber.s', '$SYS.>'],
  ])('%s (%s) may not listen to %s', async (user, inbox, subject) => {
    const nc = await as(user, inbox);
    const listen = (): unknown => nc.subscribe(subject, { callback: () => {} });
    expect(await refusal(nc, listen)).toContain(subject);
  });

  test('an executor speaks for what it holds itself: what it says of another’s attempt, under the right fence, is refused', async () => {
    const begun = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    work.script('c-held', async () => {
      begun.resolve();
      await end.promise;
      return done;
    });
    const publisher = await as('publisher', 'publisher.p2');
    const command = async (verb: string, payload: object) =>
      (
        await publisher.request(`syncopate.v1.commands.default.schedules.${verb}`, JSON.stringify(payload))
      ).json<{ result: { id: string } }>();
    const { id } = (await command('create', { ...trigger, connection: 'c-held' })).result;
    await command('trigger', { id });
    await begun.promise;
    const [started] = (await engine.store.readStream(scheduleStream(id))).filter(
      ({ type }) => type === 'RunStarted',
    );
    const { run, attempt, fence } = started!.data as { run: string; attempt: number; fence: number };
    const about = { tenant: 'default', schedule: id, run, attempt, fence };
    const other = await as('executor-e2', 'executor.e2');
    const said = async (question: string, more: object): Promise<object> => {
      const subject = subjects.desk(shardOf(id), 'e2', question);
      return (await other.request(subject, JSON.stringify({ ...about, ...more }))).json();
    };
    const counts = { read: 9, written: 9, rejected: 0 };
    const outcome = { kind: 'succeeded', counts, state: { forged: true } };
    // What the payload calls itself is not believed.
    const mine = { executor: 'e1', connection: 'c-held' };
    const late = { answer: { accepted: false, reason: 'late_result' } };
    expect(await said('report', { executor: 'e1', outcome })).toMatchObject(late);
    expect(await said('checkpoint', { state: { forged: true }, counts })).toMatchObject(late);
    expect(await said('connection', mine)).toMatchObject({ answer: { granted: false } });
    expect(await said('token', mine)).toMatchObject({ answer: { granted: false } });
    end.resolve();
    const ended = (): Promise<object | undefined> =>
      engine.store
        .readStream(scheduleStream(id))
        .then((events) => events.find(({ type }) => type === 'RunSucceeded')?.data as object | undefined);
    let data = await ended();
    while (data === undefined) {
      await setImmediate();
      data = await ended();
    }
    expect(data).toMatchObject({ counts: { read: 3, written: 2 } });
    expect(JSON.stringify(await engine.store.readStream(scheduleStream(id)))).not.toContain('forged');
  });

  test('a wrong password is refused with a message that does not hold it', async () => {
    const wrong = configuration('executor-e1', 'pw-mistyped', 'e1');
    const failure = await startRemoteExecutor({ configuration: wrong, log: silent, syncEngine: work }).catch(
      (error: unknown) => error,
    );
    expect((failure as Error).name).toBe('NatsUnusable');
    expect(String(failure)).toMatch(/authorization/i);
    expect(String(failure)).not.toContain('pw-mistyped');
  });

  test('plain text beyond this machine is refused before anything is sent', async () => {
    const far = {
      ...configuration('x', 'y', 'e9'),
      nats: { servers: ['nats://nats.example.com:4222'], replicas: 1 },
    };
    await expect(startRemoteExecutor({ configuration: far, log: silent, syncEngine: work })).rejects.toThrow(
      /unencrypted/,
    );
  });
});
