import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SpotifyStandIn } from '#lib/connectors/testing';
import { DAY } from '#lib/domain/kernel';
import { Engine, readConfiguration, silent } from '#lib/wiring';
import { startServer, type Server } from './described-server.js';

const folder = mkdtempSync(join(tmpdir(), 'syncopate-consent-'));
let spotify: SpotifyStandIn;
let engine: Engine;
let server: Server;

async function open(): Promise<void> {
  const { accounts, api } = spotify.baseUrls['spotify.webapi'];
  const configuration = {
    ...readConfiguration({}),
    port: 0,
    dataFolder: folder,
    allowLoopbackProviders: true,
    spotify: { clientId: 'demo-client', accountsUrl: accounts, apiUrl: api },
  };
  engine = await Engine.open(configuration, { log: silent });
  server = await startServer(engine, silent);
  await engine.start();
}
async function close(): Promise<void> {
  await server.close();
  await engine.stop(0);
}
beforeAll(async () => {
  spotify = await SpotifyStandIn.start();
  await open();
});
afterAll(async () => {
  await close();
  await spotify.close();
  rmSync(folder, { recursive: true, force: true });
});

const send = async (method: string, path: string, body?: object): Promise<Record<string, unknown>> => {
  const init = { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(server.url + path, body === undefined ? { method } : init);
  return (await answer.json()) as Record<string, unknown>;
};
/** The types of a connection's events. */
const told = async (connection: string): Promise<readonly string[]> =>
  (await engine.store.readAll(0, 1_000))
    .filter(({ stream }) => stream === `connection-default.${connection}`)
    .map(({ type }) => type);

async function connect(user: string, consentedDaysAgo: number): Promise<string> {
  const consented = new Date(Date.now() - consentedDaysAgo * DAY);
  const { refreshToken } = spotify.addUser(user, 'premium');
  await send('PUT', `/v1/connections/${user}`, {
    user,
    provider: 'spotify',
    connector: 'spotify.webapi',
    credentials: { refresh_token: refreshToken, consented_at: consented.toISOString() },
  });
  const schedule = await send('POST', '/v1/schedules', {
    user,
    connection: user,
    provider: 'spotify',
    recurrence: 'hourly',
  });
  return String(schedule['id']);
}
const next = (type: string) =>
  new Promise<Record<string, unknown>>((resolve) => {
    const stop = engine.observers.listen((event) => {
      if (event.type !== type) return;
      stop();
      resolve(event.data as Record<string, unknown>);
    });
  });

test('given a consent that ends within 15 days, its user is told once, syncs go on, and a restart does not tell again', async () => {
  const fresh = await connect('bob', 10);
  const ending = await connect('ann', 170);
  const quiet = next('RunSucceeded');
  await send('POST', `/v1/schedules/${fresh}/trigger`, {});
  await quiet;
  const warned = next('ConsentEnding');
  await send('POST', `/v1/schedules/${ending}/trigger`, {});
  const { endsAt, user, provider } = await warned;
  expect({ user, provider }).toEqual({ user: 'ann', provider: 'spotify' });
  expect(Math.abs(Number(endsAt) - (Date.now() + 10 * DAY))).toBeLessThan(DAY);
  await engine.readModel.waitFor(await engine.store.head(), 10_000);
  expect(await send('GET', '/v1/connections/ann')).toMatchObject({
    status: 'active',
    consentEndsAt: new Date(Number(endsAt)).toISOString(),
  });

  await close();
  await open();
  const again = next('RunSucceeded');
  await send('POST', `/v1/schedules/${ending}/trigger`, {});
  await again;
  // A later connection's warning shows that the reactions have passed this success.
  const later = await connect('cem', 179);
  const last = next('ConsentEnding');
  await send('POST', `/v1/schedules/${later}/trigger`, {});
  expect(await last).toMatchObject({ user: 'cem' });
  expect((await told('ann')).filter((type) => type === 'ConsentEnding')).toHaveLength(1);
  expect(await told('bob')).not.toContain('ConsentEnding');
});
