import { afterEach, describe, expect, test } from '@jest/globals';
import { MINUTE } from '#lib/domain/kernel';
import { MemorySink } from '#lib/sink';
import { connectorConformance } from '../kit/testing/index.js';
import { RecordingContext, taskOf, troubles } from '../testing/index.js';
import { closeOpened, owner } from '../testing/stand-ins.js';
import { listener, PLAYS } from '../testing/spotify-listener.js';
import { createConnectorEngine, spotifyWebapi } from '../index.js';

afterEach(closeOpened);

describe('a listener with plays', () => {
  test('first, idle and grown: reads all, then nothing, then one', async () => {
    const { spotify, rig, clock } = await listener();
    expect(await rig.run()).toMatchObject({
      kind: 'succeeded',
      counts: { read: 4, written: 4, rejected: 0 },
      state: { v: 1, after: clock.instant },
    });
    expect(rig.sink.of('subscriptions')).toMatchObject([
      { key: 'acc_demo', data: { account_alias: 'demo', plan: 'premium', status: 'active' } },
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

  test('another account behind the connection: read from its beginning, the old one’s subscription is withdrawn', async () => {
    const { spotify, rig, vault, clock } = await listener();
    await rig.run();
    const { refreshToken } = spotify.addUser('other', 'free');
    spotify.play('other', 5, clock.instant - 60 * MINUTE);
    clock.move(MINUTE);
    await vault.write(owner, { refresh_token: refreshToken }, (await vault.read(owner))?.version ?? 0);
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 6 } });
    expect(rig.sink.of('subscriptions')).toMatchObject([{ key: 'acc_other', data: { plan: 'free' } }]);
    expect(rig.sink.of('usage')).toHaveLength(8);
    clock.move(MINUTE);
    expect(await rig.run()).toMatchObject({ counts: { read: 1 }, state: { account: 'acc_other' } });
  });

  test.each<[string, object]>([
    ['a state of before accounts were named', {}],
    ['the account under the name that it had before', { account: 'demo' }],
  ])('%s: goes on from its cursor', async (_, more) => {
    const { rig, clock } = await listener();
    rig.state = { v: 1, after: clock.instant - 4 * MINUTE, ...more };
    expect(await rig.run()).toMatchObject({ counts: { read: 3 }, state: { account: 'acc_demo' } });
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
