import { afterEach, describe, expect, test } from '@jest/globals';
import { MemoryVault } from '#lib/credentials';
import { MINUTE } from '#lib/domain/kernel';
import { MemorySink } from '#lib/sink';
import { connectorConformance } from '../kit/testing/index.js';
import {
  ManualClock,
  RecordingContext,
  Rig,
  SpotifyStandIn,
  taskOf,
  troubles,
  type GrantRules,
  type Trouble,
} from '../testing/index.js';
import { createConnectorEngine, spotifyWebapi } from '../index.js';

const owner = { tenant: 'default', connection: 'connection-1' };
const PLAYS = '/v1/me/player/recently-played';
const open: SpotifyStandIn[] = [];

async function listener(rules: Partial<GrantRules> = {}, product: string | undefined = 'premium', plays = 3) {
  const clock = new ManualClock();
  const spotify = await SpotifyStandIn.start({ now: () => clock.instant, ...rules });
  open.push(spotify);
  const { refreshToken } = spotify.addUser('demo', product);
  spotify.play('demo', plays);
  const vault = new MemoryVault();
  await vault.write(owner, { refresh_token: refreshToken }, 0);
  const http = {
    baseUrls: spotify.baseUrls,
    allowLoopback: true,
    headersMs: 300,
    bodyMs: 300,
    totalMs: 2_000,
  };
  const rig = new Rig({ connector: spotifyWebapi, config: { clientId: 'demo-client' }, vault, http, clock });
  return { spotify, vault, rig, clock, refreshToken };
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((spotify) => spotify.close()));
});

describe('a listener with plays', () => {
  test('first, idle and grown: reads all, then nothing, then one', async () => {
    const { spotify, rig, clock } = await listener();
    expect(await rig.run()).toMatchObject({
      kind: 'succeeded',
      counts: { read: 4, written: 4, rejected: 0 },
      state: { v: 1, after: clock.instant },
    });
    expect(rig.sink.of('subscriptions')).toMatchObject([
      { key: 'acc_demo', data: { plan: 'premium', status: 'active' } },
    ]);
    expect(rig.sink.of('usage')[0]?.key).toBe(`acc_demo|${new Date(clock.instant).toISOString()}|track3`);
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 1 } });
    clock.move(10 * MINUTE);
    spotify.play('demo');
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 2 } });
    expect(rig.sink.of('usage')).toHaveLength(4);
    const asked = spotify.requests
      .filter((request) => request.path === PLAYS)
      .map((request) => request.query);
    expect(asked.every((query) => query['after'] === undefined || query['before'] === undefined)).toBe(true);
  });

  test('a full sync: ignores the cursor and reads everything again', async () => {
    const { rig } = await listener();
    await rig.run();
    expect(await rig.run('full_sync')).toMatchObject({ kind: 'succeeded', counts: { read: 4 } });
    expect(rig.sink.of('usage')).toHaveLength(3);
  });

  test('a cursor that is not ours: reads in full within the same attempt', async () => {
    const { rig } = await listener();
    rig.state = { v: 99, after: 'yesterday' };
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 4 }, state: { v: 1 } });
  });

  test('a run killed while walking back: goes on where it was, leaving no hole', async () => {
    const { rig, spotify, clock } = await listener({}, 'premium', 6);
    const [newest, oldest] = [clock.instant, clock.instant - 3 * 3 * MINUTE];
    rig.state = { v: 1, after: newest, before: String(oldest) };
    clock.move(5 * MINUTE);
    spotify.play('demo');
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', state: { v: 1, after: clock.instant } });
    expect(rig.sink.of('usage').map((record) => record.data['item'])).toEqual([
      'Demo Song 2',
      'Demo Song 1',
      'Demo Song 7',
    ]);
  });
});

describe('an access token', () => {
  test.each([[true], [false]])('refused by the API, rotation %s: one refresh, one retry', async (rotates) => {
    const { spotify, rig, vault, refreshToken } = await listener({ rotates });
    await rig.run();
    spotify.grants.expireAccess();
    expect(await rig.run()).toMatchObject({ kind: 'succeeded' });
    expect(spotify.count('/api/token')).toBe(2);
    const kept = (await vault.read(owner))?.secrets['refresh_token'] === refreshToken;
    expect(kept).toBe(!rotates);
  });

  test('still good: not refreshed; near its end: refreshed before use', async () => {
    const { spotify, rig, clock } = await listener();
    await rig.run();
    await rig.run();
    expect(spotify.count('/api/token')).toBe(1);
    clock.move(60 * MINUTE - 20_000);
    await rig.run();
    expect(spotify.count('/api/token')).toBe(2);
    expect(spotify.requests.filter((request) => request.path === '/v1/me')).toHaveLength(3);
  });

  test('refused again right after a refresh: the grant is dead', async () => {
    const { spotify, rig } = await listener();
    spotify.script('/v1/me', troubles.unauthorized(), 2);
    expect(await rig.run()).toMatchObject({ kind: 'failed', failure: { class: 'AUTH_REVOKED' } });
    expect(spotify.count('/v1/me')).toBe(2);
  });

  test('a client with a secret: authenticates by Basic, without client_id in the form', async () => {
    const { spotify, rig, vault, refreshToken } = await listener({ clientSecret: 'canary-secret' });
    await vault.write(owner, { refresh_token: refreshToken, client_secret: 'canary-secret' }, 1);
    expect(await rig.run()).toMatchObject({ kind: 'succeeded' });
    expect(spotify.requests[0]).toMatchObject({
      authorization: expect.stringMatching(/^Basic /),
      body: expect.not.stringContaining('client_id'),
    });
  });
});

describe('a grant', () => {
  test('revoked by the user: AUTH_REVOKED, and no call after it', async () => {
    const { spotify, rig } = await listener();
    spotify.grants.revoke('demo');
    expect(await rig.run()).toMatchObject({
      kind: 'failed',
      failure: { class: 'AUTH_REVOKED', message: expect.stringContaining('connect the account again') },
    });
    expect(spotify.requests.map((request) => request.path)).toEqual(['/api/token']);
  });

  test('never stored: AUTH_REVOKED without any call', async () => {
    const { spotify, rig, vault } = await listener();
    await vault.remove(owner);
    expect(await rig.run()).toMatchObject({
      kind: 'failed',
      failure: { class: 'AUTH_REVOKED', code: 'no_credentials' },
    });
    expect(spotify.requests).toEqual([]);
  });

  test('of a client that Spotify refuses: APP_BLOCKED', async () => {
    const { spotify, rig } = await listener();
    spotify.script('/api/token', troubles.invalidClient());
    expect(await rig.run()).toMatchObject({ kind: 'failed', failure: { class: 'APP_BLOCKED' } });
  });
});

describe('limits', () => {
  const now = Date.parse('2026-11-20T12:00:00Z');
  test.each<[string, Trouble, object]>([
    ['Retry-After in seconds', troubles.rateLimited(2), { class: 'RATE_LIMITED', delayMs: 2_000 }],
    [
      'Retry-After as a date',
      troubles.rateLimitedUntil(now - 5 * MINUTE, 90),
      { class: 'RATE_LIMITED', delayMs: 90_000 },
    ],
    ['Retry-After of a week', troubles.rateLimited(604_800), { class: 'RATE_LIMITED', delayMs: 86_400_000 }],
    ['Retry-After of nothing', troubles.rateLimited(0), { class: 'RATE_LIMITED', delayMs: 1_000 }],
    ['no header', { kind: 'status', status: 429, body: '' }, { class: 'RATE_LIMITED', delayMs: 30_000 }],
    [
      'QUOTA_EXCEEDED without a header',
      troubles.quotaExceeded(),
      { class: 'QUOTA_EXHAUSTED', delayMs: 3_600_000 },
    ],
  ])('reached, with %s: snoozed, keeping what was read', async (_, trouble, expected) => {
    const { spotify, rig } = await listener();
    spotify.script(PLAYS, trouble);
    expect(await rig.run()).toMatchObject({ kind: 'snoozed', ...expected });
    expect(rig.sink.of('subscriptions')).toHaveLength(1);
  });
});

describe('trouble', () => {
  test.each<[string, Trouble]>([
    ['a 500', troubles.unavailable(500)],
    ['a 503', troubles.unavailable(503)],
    ['an HTML page with 502', troubles.htmlPage(502)],
    ['an HTML page with 200', troubles.htmlPage(200)],
    ['a dropped connection', { kind: 'drop' }],
    ['a truncated body', { kind: 'truncate' }],
    ['half a JSON document', { kind: 'broken_json' }],
    ['a body that stalls', { kind: 'stall' }],
    ['a 503 with a body of 9 MB', { kind: 'status', status: 503, body: 'x'.repeat(9_000_000) }],
  ])('%s: TRANSIENT, and a later run is whole again', async (_, trouble) => {
    const { spotify, rig } = await listener();
    spotify.script(PLAYS, trouble);
    const outcome = await rig.run();
    expect(outcome).toMatchObject({ kind: 'failed', failure: { class: 'TRANSIENT' } });
    expect(JSON.stringify(outcome).length).toBeLessThan(800);
    expect(await rig.run()).toMatchObject({ kind: 'succeeded' });
    expect(rig.sink.of('usage')).toHaveLength(3);
  });

  test.each<[string, Trouble, object]>([
    [
      'scope missing',
      troubles.scopeMissing(),
      { class: 'PERMISSION', message: expect.stringContaining('connect the account again and allow it') },
    ],
    [
      'user not registered',
      troubles.notRegistered(),
      { class: 'PERMISSION', message: expect.stringContaining('developer dashboard') },
    ],
    [
      'owner without Premium',
      troubles.ownerNotPremium(),
      { class: 'APP_BLOCKED', message: expect.stringContaining('operator'), retryAfterMs: 10_800_000 },
    ],
    [
      'JSON of another shape',
      { kind: 'status', status: 200, body: { items: [{ nothing: 1 }] } },
      { class: 'SCHEMA_DRIFT' },
    ],
    [
      'JSON nested too deep',
      { kind: 'status', status: 200, body: '['.repeat(100_000) },
      { class: 'TRANSIENT' },
    ],
    [
      'a 200 that is too large',
      { kind: 'status', status: 200, body: `"${'x'.repeat(5_000_000)}"` },
      { class: 'SCHEMA_DRIFT' },
    ],
    ['a 404', { kind: 'status', status: 404, body: 'no' }, { class: 'INTERNAL' }],
    [
      'a redirect',
      { kind: 'status', status: 302, headers: { location: 'http://127.0.0.1:1/' } },
      { class: 'INTERNAL' },
    ],
  ])('%s: its own outcome', async (_, trouble, failure) => {
    const { spotify, rig } = await listener();
    spotify.script(PLAYS, trouble);
    expect(await rig.run()).toMatchObject({ kind: 'failed', failure });
  });

  test('a provider that echoes our tokens: no message, state or record holds them', async () => {
    const { spotify, rig, vault, refreshToken } = await listener();
    await rig.run();
    const { access_token: access = 'none', refresh_token: refresh = 'none' } =
      (await vault.read(owner))?.secrets ?? {};
    const tokens = `Bearer ${access} ${access} \u001b[31m\n${refreshToken} ${refresh} refresh_token=${refresh}`;
    for (const status of [403, 404, 429, 500]) {
      spotify.script(PLAYS, { kind: 'status', status, body: `you sent ${tokens}` });
      const text = JSON.stringify([await rig.run(), rig.state, [...rig.sink.records]]);
      for (const canary of [access, 'refresh-', '\\u001b', '\\n']) expect(text).not.toContain(canary);
    }
    spotify.grants.expireAccess();
    const current = (await vault.read(owner))?.secrets['refresh_token'] ?? 'none';
    spotify.script('/api/token', {
      kind: 'status',
      status: 400,
      body: { error: 'invalid_grant', error_description: current },
    });
    expect(JSON.stringify(await rig.run())).not.toContain(current);
  });
});

describe('a plan', () => {
  test('that Spotify stops telling: the stored one is not downgraded', async () => {
    const { spotify, rig, vault } = await listener();
    const sink = new MemorySink();
    const settings = { connector: 'spotify.webapi', config: { clientId: 'demo-client' } };
    const { clock, options } = rig;
    const engine = createConnectorEngine({
      connectors: [spotifyWebapi], connectionConfig: async () => settings, vault, sink, environment: clock.environment(), http: options.http ?? {},
    }); // prettier-ignore
    const plan = async (): Promise<unknown> => {
      await engine.sync(taskOf('full_sync', undefined), new RecordingContext());
      return (await sink.subscriptions({ tenant: 'default' })).map((row) => row.plan);
    };
    expect(await plan()).toEqual(['premium']);
    spotify.setProduct('demo', undefined);
    expect(await plan()).toEqual(['premium']);
    spotify.setProduct('demo', 'open');
    expect(await plan()).toEqual(['free']);
    await engine.close();
  });
});

describe('the connector', () => {
  test('asked to check: names the account, or says what to do', async () => {
    const { spotify, rig } = await listener();
    expect(await rig.engine.checkConnection('default', 'connection-1')).toEqual({
      ok: true,
      account: 'acc_demo',
    });
    spotify.script('/v1/me', troubles.notRegistered());
    expect(await rig.engine.checkConnection('default', 'connection-1')).toMatchObject({
      ok: false,
      class: 'PERMISSION',
    });
    expect(await rig.engine.checkConnection('default', 'nowhere')).toMatchObject({
      ok: false,
      class: 'CONFIG',
    });
  });

  test('cancelled while Spotify stalls: ends at once as cancelled', async () => {
    const { spotify, rig } = await listener();
    spotify.script(PLAYS, { kind: 'stall' });
    const context = new RecordingContext();
    const running = rig.run('incremental_sync', {}, context);
    context.abort.abort();
    expect(await running).toEqual({ kind: 'cancelled' });
    expect(context.checkpoints).toEqual([]);
  });

  test('held against the contract: nothing is missing', async () => {
    const { rig, spotify, refreshToken } = await listener();
    const missing = await connectorConformance(spotifyWebapi, {
      good: (overrides) => rig.context(overrides),
      broken: [
        {
          name: 'no settings',
          class: 'CONFIG',
          context: (overrides) => rig.context({ ...overrides, config: {} }),
        },
        {
          name: 'no credentials',
          class: 'AUTH_REVOKED',
          context: (overrides) => rig.context({ ...overrides, owner: { ...owner, tenant: 'other' } }),
        },
      ],
      canaries: [refreshToken, 'access-', 'refresh-'],
    });
    expect(missing).toEqual([]);
    expect(spotify.count('/api/token')).toBe(1);
  });
});
