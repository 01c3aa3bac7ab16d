import { afterEach, describe, expect, test } from '@jest/globals';
import { MINUTE } from '#lib/domain/kernel';
import { Rig, troubles } from '../testing/index.js';
import { closeOpened, owner } from '../testing/stand-ins.js';
import { listener } from '../testing/spotify-listener.js';

afterEach(closeOpened);

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

  test('renewed by a token that is longer than a header: the answer is at fault, and nothing is stored', async () => {
    const { spotify, rig, vault, refreshToken } = await listener();
    const body = { access_token: 'a', expires_in: 3_600, refresh_token: 'r'.repeat(8_193) };
    spotify.script('/api/token', { kind: 'status', status: 200, body });
    expect(await rig.run()).toMatchObject({
      kind: 'failed',
      failure: {
        class: 'SCHEMA_DRIFT',
        message: expect.stringMatching(/^spotify changed its answer .*<=8192 characters$/),
      },
    });
    expect((await vault.read(owner))?.secrets['refresh_token']).toBe(refreshToken);
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
    const outcome = await rig.run();
    expect(outcome).toMatchObject({ kind: 'failed', failure: { class: 'APP_BLOCKED' } });
    expect(outcome).not.toHaveProperty('failure.bucket');
  });

  test('of a client that is the connection’s own, refused or limited: that concerns no other', async () => {
    const { spotify, rig: shared } = await listener();
    const rig = new Rig({ ...shared.options, ownApp: true });
    spotify.script('/api/token', troubles.invalidClient());
    expect(await rig.run()).toMatchObject({ failure: { class: 'APP_BLOCKED', bucket: 'own' } });
    spotify.script('/v1/me', troubles.rateLimited(7));
    expect(await rig.run()).toMatchObject({ kind: 'snoozed', class: 'RATE_LIMITED', bucket: 'own' });
  });
});
