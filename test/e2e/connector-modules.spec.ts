import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Engine, readConfiguration, silent } from '#lib/wiring';
import { startServer, type Server } from './described-server.js';

const hulu = fileURLToPath(new URL('../support/providers/hulu.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'syncopate-modules-'));
const open = (SYNCOPATE_CONNECTORS: string, dataFolder: string): Promise<Engine> =>
  Engine.open({ ...readConfiguration({ SYNCOPATE_CONNECTORS }), port: 0, dataFolder }, { log: silent });

let engine: Engine;
let server: Server;
beforeAll(async () => {
  engine = await open(hulu, join(folder, 'data'));
  server = await startServer(engine, silent);
  await engine.start();
});
afterAll(async () => {
  await server.close();
  await engine.stop(0);
  rmSync(folder, { recursive: true, force: true });
});

const send = async (method: string, path: string, body?: object) => {
  const init = { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(server.url + path, body === undefined ? { method } : init);
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};

test('a connector from a module named in the configuration is listed, configured, run, and its data shown', async () => {
  const { body } = await send('GET', '/v1/connectors');
  const listed = (body['items'] as { id: string }[]).find(({ id }) => id === 'hulu.made_up');
  expect(listed).toMatchObject({
    provider: 'hulu',
    secrets: ['api_key'],
    settings: { properties: { plan: { type: 'string' } }, required: ['plan'] },
  });
  const connection = { user: 'ann', provider: 'hulu', connector: 'hulu.made_up', config: { plan: 'No Ads' } };
  expect((await send('PUT', '/v1/connections/ann-hulu', connection)).status).toBe(200);
  const slow = { frequency: 'daily', times: ['04:00'] };
  const created = await send('POST', '/v1/schedules', {
    user: 'ann',
    connection: 'ann-hulu',
    provider: 'hulu',
    recurrence: slow,
  });
  // Its manifest says that Hulu forgets after half an hour.
  expect(JSON.stringify(created.body['warnings'])).toContain('30');
  const changed = new Promise((resolve) => {
    engine.observers.listen((event) => event.type === 'SubscriptionChanged' && resolve(event.data));
  });
  await send('POST', `/v1/schedules/${String(created.body['id'])}/trigger`, {});
  expect(await changed).toMatchObject({ user: 'ann', service: 'hulu' });
  const { body: found } = await send('GET', '/v1/subscriptions?user=ann');
  expect(found['items']).toMatchObject([{ service: 'hulu', plan: 'No Ads', status: 'active' }]);
});

test.each([
  ['export default 5;', 'must export as default what defineConnector returns'],
  ['export default { manifest: { id: "x" }, check() {}, read() {} };', 'must export as default'],
  ['throw new Error("no licence")', 'cannot be loaded: no licence'],
])('a module that holds %j is refused, with what would be right', async (text, message) => {
  const path = join(folder, `bad-${message.length}-${text.length}.mjs`);
  writeFileSync(path, text);
  await expect(open(path, join(folder, 'refused'))).rejects.toThrow(message);
});

test('a second connector of the same name is refused, and so is a module that is not there', async () => {
  await expect(open(`${hulu},${hulu}`, join(folder, 'refused'))).rejects.toThrow(
    'there is a connector named hulu.made_up already',
  );
  await expect(open('@acme/not-installed', join(folder, 'refused'))).rejects.toThrow(
    'SYNCOPATE_CONNECTORS=@acme/not-installed cannot be loaded',
  );
});
