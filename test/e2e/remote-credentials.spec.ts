import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SpotifyStandIn } from '#lib/connectors/testing';
import { Engine, readConfiguration, silent, startRemoteExecutor, type RemoteExecutor } from '#lib/wiring';
import { startNats, type NatsServer } from '../../scripts/nats-server.mjs';
import { startServer, type Server } from './described-server.js';

/** One scheduler with the vault, two executors without, and Spotify, which takes a grant away when a token is used twice. */
/** Twice as many runs as users, and two more, stay within the twenty per half minute that Spotify is asked at most. */
const USERS = 8;
let nats: NatsServer;
let spotify: SpotifyStandIn;
let engine: Engine;
let server: Server;
const executors: RemoteExecutor[] = [];
const folder = mkdtempSync(join(tmpdir(), 'syncopate-remote-'));
const refreshTokens: string[] = [];
let overheard = '';
let ear: NatsConnection;

beforeAll(async () => {
  nats = await startNats();
  spotify = await SpotifyStandIn.start();
  const urls = spotify.baseUrls['spotify.webapi'];
  const common = {
    ...readConfiguration({}),
    port: 0,
    localExecutor: false,
    nats: { servers: [nats.url], replicas: 1 },
    allowLoopbackProviders: true,
    spotify: { clientId: 'demo-client', accountsUrl: urls.accounts, apiUrl: urls.api },
  };
  ear = await connect({ servers: nats.url });
  ear.subscribe('>', { callback: (_, message) => void (overheard += message.string()) });
  engine = await Engine.open({ ...common, dataFolder: join(folder, 's1'), node: 's1' }, { log: silent });
  server = await startServer(engine, silent);
  await engine.start();
  for (const node of ['e1', 'e2']) {
    const configuration = { ...common, dataFolder: join(folder, node), node };
    executors.push(await startRemoteExecutor({ configuration, log: silent }));
  }
});
afterAll(async () => {
  await Promise.all(executors.map((executor) => executor.stop(0)));
  await server.close();
  await engine.stop(0);
  await spotify.close();
  await ear.close();
  await nats.stop();
  nats.remove();
  rmSync(folder, { recursive: true, force: true });
});

const send = async (method: string, path: string, body: object): Promise<Record<string, unknown>> => {
  const init = { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(server.url + path, init);
  const read = (await answer.json()) as Record<string, unknown>;
  if (!answer.ok) throw new Error(JSON.stringify(read));
  return read;
};

const succeeded = (count: number): Promise<void> =>
  new Promise((resolve) => {
    let seen = 0;
    const stop = engine.observers.listen((event) => {
      if (event.type !== 'RunSucceeded') return;
      seen += 1;
      if (seen === count) resolve(stop());
    });
  });

function* files(under: string): Generator<string> {
  for (const name of readdirSync(under)) {
    const path = join(under, name);
    if (statSync(path).isDirectory()) yield* files(path);
    else yield path;
  }
}

test('executors without a vault sync many accounts, and no refresh token leaves the scheduler', async () => {
  const ids: string[] = [];
  for (let n = 0; n < USERS; n += 1) {
    const { refreshToken } = spotify.addUser(`user-${n}`, 'premium');
    spotify.play(`user-${n}`, 3);
    refreshTokens.push(refreshToken);
    const connection = `spotify-${n}`;
    await send('PUT', `/v1/connections/${connection}`, {
      user: `user-${n}`,
      provider: 'spotify',
      connector: 'spotify.webapi',
      credentials: { refresh_token: refreshToken },
    });
    const schedule = await send('POST', '/v1/schedules', {
      user: `user-${n}`,
      connection,
      provider: 'spotify',
      recurrence: 'hourly',
    });
    ids.push(String(schedule['id']));
  }
  const first = succeeded(USERS);
  for (const id of ids) await send('POST', `/v1/schedules/${id}/trigger`, {});
  await first;
  spotify.grants.expireAccess();
  const second = succeeded(USERS);
  for (const id of ids) await send('POST', `/v1/schedules/${id}/trigger`, {});
  await second;

  // One refresh at first and one after the tokens had ended, each: none was lost, none was done twice.
  expect(spotify.requests.filter(({ path }) => path === '/api/token')).toHaveLength(2 * USERS);
  let rows = await engine.records.counts({ tenant: 'default' });
  while (rows.usage < 3 * USERS) rows = await engine.records.counts({ tenant: 'default' });
  expect(rows).toEqual({ subscriptions: USERS, charges: 0, usage: 3 * USERS });
  expect(overheard).toContain('access');
  for (const token of [...refreshTokens, ...spotify.grants.everyRefreshToken()]) {
    expect(overheard).not.toContain(token);
    for (const file of files(folder))
      expect({ file, leaks: readFileSync(file).includes(token) }).toEqual({ file, leaks: false });
  }
});

test('given a connection whose own app Spotify refuses, that is said of this connection, and nobody else waits', async () => {
  const failed = new Promise<object>((resolve) => {
    const stop = engine.observers.listen((event) => {
      if (event.type !== 'RunFailed') return;
      stop();
      resolve(event.data.error);
    });
  });
  const { refreshToken } = spotify.addUser('zoe', 'premium');
  const ofSpotify = { user: 'zoe', provider: 'spotify' };
  const id = async (connection: string, config: object): Promise<string> => {
    const credentials = { refresh_token: refreshToken };
    await send('PUT', `/v1/connections/${connection}`, {
      ...ofSpotify,
      connector: 'spotify.webapi',
      config,
      credentials,
    });
    const made = await send('POST', '/v1/schedules', { ...ofSpotify, connection, recurrence: 'hourly' });
    return String(made['id']);
  };
  const [theirs, ours] = [await id('zoe-own', { clientId: 'another-app' }), await id('zoe', {})];
  await send('POST', `/v1/schedules/${theirs}/trigger`, {});
  expect(await failed).toMatchObject({ class: 'APP_BLOCKED', bucket: 'own' });
  const done = succeeded(1);
  await send('POST', `/v1/schedules/${ours}/trigger`, {});
  await done;
});
