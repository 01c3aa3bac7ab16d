import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Engine, readConfiguration, silent } from '#lib/wiring';
import { startServer, type Server } from './described-server.js';
import { startNats, type NatsServer } from '../../scripts/nats-server.mjs';
import { build, root } from '../crashes/process.js';
import { EventStoreDouble } from '../support/eventstore/index.js';
import { Receiver } from '../support/receiver.js';

const folder = mkdtempSync(join(tmpdir(), 'syncopate-webhooks-'));
const double = new EventStoreDouble();
const receiver = new Receiver();
const vaultKey = Buffer.from('0123456789abcdefghijklmnopqrstuv').toString('base64');
let nats: NatsServer;
let engine: Engine;
let server: Server;

beforeAll(async () => {
  build();
  await double.start();
  await receiver.start();
  nats = await startNats();
  engine = await Engine.open(
    {
      ...readConfiguration({}),
      port: 0,
      dataFolder: join(folder, 's1'),
      node: 's1',
      eventStoreUrl: double.url,
      nats: { servers: [nats.url], replicas: 1 },
      vaultKeys: [vaultKey],
      allowLoopbackWebhooks: true,
      webhookDelivery: 'elsewhere',
    },
    { log: silent },
  );
  server = await startServer(engine, silent);
  await engine.start();
});
afterAll(async () => {
  await server.close();
  await engine.stop(100);
  await receiver.stop();
  await double.stop();
  await nats.stop();
  nats.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** A process of `npm run webhooks`. `said`: what it has to say, up to a word or its end. */
function deliverer(name: string, more: Readonly<Record<string, string>>) {
  const env = { PATH: process.env['PATH'] ?? '', SYNCOPATE_DATA: join(folder, name), ...more };
  const child = spawn(process.execPath, [join(root, 'dist/apps/webhooks/main.js')], { env });
  let text = '';
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece: Buffer) => (text += piece.toString()));
  const said = (word: string): Promise<string> =>
    new Promise((resolve) => {
      const look = (): void => void (text.includes(word) && resolve(text));
      for (const stream of [child.stdout, child.stderr]) stream.on('data', look);
      void gone.then(() => resolve(text));
      look();
    });
  return { child, said, gone };
}
const elsewhere = (name: string) =>
  deliverer(name, {
    SYNCOPATE_EVENTSTORE_URL: double.url,
    SYNCOPATE_NATS_URL: nats.url,
    SYNCOPATE_VAULT_KEYS: vaultKey,
    SYNCOPATE_NODE: name,
    SYNCOPATE_TAKEOVER_SECONDS: '2',
    SYNCOPATE_ALLOW_LOOPBACK_WEBHOOKS: 'true',
    SYNCOPATE_HEALTH_PORT: '0',
  });

const post = async (path: string, body: object): Promise<Record<string, unknown>> => {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  return (await (await fetch(server.url + path, init)).json()) as Record<string, unknown>;
};
const create = (connection: string): Promise<unknown> =>
  post('/v1/schedules', { user: 'ann', connection, provider: 'any', recurrence: 'monthly' });
const toldOf = (connection: string): Promise<unknown> =>
  receiver.first(({ body }) => (body['subject'] as Record<string, unknown>)['connection'] === connection);

test('given a scheduler that leaves delivering to others, one of them delivers, and another when that is killed', async () => {
  const made = await post('/v1/webhooks', { url: receiver.url, filter: { types: ['ScheduleCreated'] } });
  receiver.secret = String(made['secret']);
  await create('c-1');
  const one = elsewhere('w1');
  const ready = await one.said('is ready');
  expect(ready).toContain('webhooks w1 is ready');
  const url = /its health is told at (http:\S+)/.exec(ready)?.[1] ?? '';
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  const metrics = await (await fetch(`${url}/metrics`)).text();
  expect(metrics).toContain('syncopate_nats_connected 1');
  expect(metrics).toContain('syncopate_leases_held{lease="webhooks"} 1');
  // What happened while nobody delivered is told too.
  await toldOf('c-1');
  const two = elsewhere('w2');
  await two.said('is ready');
  await create('c-2');
  await toldOf('c-2');
  one.child.kill('SIGKILL');
  await one.gone;
  await create('c-3');
  await toldOf('c-3');
  expect(receiver.forged).toEqual([]);
  two.child.kill('SIGTERM');
  await two.gone;
  expect(await two.said('SIGTERM')).toContain('letting messages under way be answered');
});

test('given no log that several can reach, it says what it needs, and that the scheduler delivers by itself', async () => {
  const alone = deliverer('w3', {});
  await alone.gone;
  expect(await alone.said('cannot start')).toMatch(/set SYNCOPATE_EVENTSTORE_URL and SYNCOPATE_NATS_URL/);
});
