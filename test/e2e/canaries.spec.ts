import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { OpenaiStandIn, PlaidStandIn, SpotifyStandIn, troubles } from '#lib/connectors/testing';
import { Engine, jsonLog, readConfiguration } from '#lib/wiring';
import { startServer, type Server } from './described-server.js';
import { Receiver } from '../support/receiver.js';

/** Secrets that would be recognised anywhere: in events, read models, logs, answers, error bodies, files. */
const folder = mkdtempSync(join(tmpdir(), 'syncopate-canaries-'));
const keysFile = `${folder}-keys.json`;
const canaries = {
  admin_key: 'sk-admin-CANARY-0001',
  client_id: 'plaid-client-CANARY-0002',
  secret: 'plaid-secret-CANARY-0003',
  access_token: 'access-sandbox-CANARY-0004',
  wrong: 'CANARY-0005-of-a-refused-body',
};
/** Of those who ask: one from the environment, one of the file, one that nobody knows, one that has ended. */
const keys = {
  plain: 'api-key-CANARY-0006-of-the-operator',
  filed: 'api-key-CANARY-0007-of-the-file',
  unknown: 'api-key-CANARY-0008-of-nobody',
  ended: 'api-key-CANARY-0009-that-has-ended',
};
let spotify: SpotifyStandIn;
let openai: OpenaiStandIn;
let plaid: PlaidStandIn;
let engine: Engine;
let server: Server;
let heard = '';

beforeAll(async () => {
  spotify = await SpotifyStandIn.start();
  openai = await OpenaiStandIn.start();
  plaid = await PlaidStandIn.start();
  const urls = spotify.baseUrls['spotify.webapi'];
  const configuration = {
    ...readConfiguration({}),
    port: 0,
    dataFolder: folder,
    allowLoopbackProviders: true,
    allowLoopbackWebhooks: true,
    allowShortIntervals: true,
    spotify: { clientId: 'demo-client', accountsUrl: urls.accounts, apiUrl: urls.api },
    openaiUrl: openai.baseUrls['openai.org_costs'].api,
    plaidUrl: plaid.baseUrls['bank.plaid'].sandbox,
    apiKeys: [keys.plain],
    apiKeysFile: filedKeys(),
  };
  const log = jsonLog((line) => void (heard += line), Date.now);
  engine = await Engine.open(configuration, { log });
  server = await startServer(engine, log);
  await engine.start();
});
afterAll(async () => {
  await server.close();
  await engine.stop(0);
  await Promise.all([spotify.close(), openai.close(), plaid.close()]);
  rmSync(folder, { recursive: true, force: true });
  rmSync(keysFile);
});

/** Beside the data folder, where an operator has it. */
function filedKeys(): string {
  const entry = (name: string, key: string, more: object = {}): object => ({
    name,
    role: 'operate',
    sha256: createHash('sha256').update(key).digest('hex'),
    ...more,
  });
  const ended = entry('ended', keys.ended, { expiresAt: '2026-01-01T00:00:00Z' });
  writeFileSync(keysFile, JSON.stringify({ keys: [entry('filed', keys.filed), ended] }));
  return keysFile;
}

const send = async (
  method: string,
  path: string,
  body?: object,
  key = keys.plain,
): Promise<Record<string, unknown>> => {
  const authorization = `Bearer ${key}`;
  const init = {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  const answer = await fetch(
    server.url + path,
    body === undefined ? { method, headers: { authorization } } : init,
  );
  const text = await answer.text();
  heard += text;
  return text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
};

/** Connects, syncs once, and resolves when that run has ended, well or badly. */
async function sync(id: string, provider: string, connector: string, credentials: object): Promise<void> {
  await send('PUT', `/v1/connections/${id}`, { user: 'ann', provider, connector, credentials });
  await send('POST', `/v1/connections/${id}/check`, {});
  const created = await send('POST', '/v1/schedules', {
    user: 'ann',
    connection: id,
    provider,
    recurrence: { frequency: 'monthly', days: [1] },
    retry: { maxAttempts: 2, base: 'PT0.05S', jitter: 'none' },
  });
  const ended = new Promise<void>((resolve) => {
    const stop = engine.observers.listen((event) => {
      if (event.type === 'RunSucceeded' || event.type === 'RunAbandoned') resolve(stop());
    });
  });
  await send('POST', `/v1/schedules/${String(created['id'])}/trigger`, {});
  await ended;
}

/** A webhook whose receiver says its secret again in its answer; the secret. It is told once, to who registers it. */
async function toldBackItsSecret(): Promise<string> {
  const receiver = new Receiver();
  await receiver.start();
  const response = await fetch(`${server.url}/v1/webhooks`, {
    method: 'POST',
    headers: { authorization: `Bearer ${keys.filed}`, 'content-type': 'application/json' },
    body: JSON.stringify({ url: receiver.url, filter: { types: ['ProviderPaused'] } }),
  });
  const { id, secret } = (await response.json()) as { readonly id: string; readonly secret: string };
  receiver.answers(500, {}, `no such secret: ${secret}`);
  const failed = new Promise<void>((resolve) => {
    const stop = engine.observers.listen(({ type }) => type === 'DeliveryFailed' && resolve(stop()));
  });
  await send('POST', '/v1/providers/netflix/pause', {});
  await failed;
  await send('GET', `/v1/webhooks/${id}`);
  await send('GET', `/v1/webhooks/${id}/deliveries?atLeast=${await engine.store.head()}`);
  await receiver.stop();
  return secret;
}

function* files(under: string): Generator<string> {
  for (const name of readdirSync(under)) {
    const path = join(under, name);
    if (statSync(path).isDirectory()) yield* files(path);
    else yield path;
  }
}

/** With folders. */
const everything = (under: string): readonly string[] =>
  readdirSync(under, { recursive: true, encoding: 'utf8' }).map((path) => join(under, path));

test('given secrets of every kind, working, refused and rejected ones, none is ever told or written in clear', async () => {
  const user = spotify.addUser('ann', 'premium');
  const other = spotify.addUser('bob', 'free');
  const { admin_key, client_id, secret, access_token, wrong } = canaries;
  await sync('a-spotify', 'spotify', 'spotify.webapi', { refresh_token: user.refreshToken });
  // A provider that says the token again in its error.
  spotify.script('/v1/me', { kind: 'status', status: 500, body: `no such token ${other.refreshToken}` }, 9);
  await sync('b-spotify', 'spotify', 'spotify.webapi', { refresh_token: other.refreshToken });
  openai.addKey(admin_key);
  await sync('openai', 'chatgpt', 'openai.org_costs', { admin_key });
  openai.script('/v1/organization', troubles.htmlPage(502), { times: 2 });
  await sync('openai-refused', 'chatgpt', 'openai.org_costs', { admin_key: `${admin_key}-unknown` });
  await sync('bank', 'bank', 'bank.plaid', { client_id, secret, access_token });
  // Bodies that are refused, and what cannot be parsed, are not said again.
  await send('PUT', '/v1/connections/bad', { user: 5, provider: 'spotify', credentials: { token: wrong } });
  await send('PUT', '/v1/connections/bad', { user: 'a', provider: 'spotify', credentials: [wrong] });
  for (const path of [
    'schedules',
    'runs',
    'connections',
    'conflicts',
    'subscriptions',
    'connectors',
    'report',
  ])
    await send('GET', `/v1/${path}`);
  // Keys of callers: those that hold, on what works and what does not, and those that do not hold.
  for (const key of Object.values(keys)) {
    await send('GET', '/metrics', undefined, key);
    await send('POST', '/v1/schedules', { user: 5 }, key);
    await send('PUT', '/v1/providers/netflix/limits', { concurrency: 3, userConcurrency: 2 }, key);
  }
  const webhook = await toldBackItsSecret();
  heard += JSON.stringify(await engine.store.readAll(0, 10_000));
  const hidden = [
    ...Object.values(canaries),
    ...Object.values(keys),
    webhook,
    ...spotify.grants.everyRefreshToken(),
  ];
  expect(hidden.filter((canary) => heard.includes(canary))).toEqual([]);
  const written = [...files(folder)].filter((path) => {
    const bytes = readFileSync(path);
    return hidden.some((canary) => bytes.includes(canary));
  });
  expect(written).toEqual([]);
  for (const path of [folder, ...everything(folder)])
    expect({ path, mode: statSync(path).mode & 0o077 }).toEqual({ path, mode: 0 });
  // The search itself finds what is there.
  expect(heard).toContain('openai-refused');
  expect(heard).toContain('no such token');
  expect(heard).toContain('no such secret');
});
