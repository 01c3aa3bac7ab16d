import { mkdtempSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { MemoryVault, SqliteVault } from '#lib/credentials';
import { DAY, MINUTE } from '#lib/domain/kernel';
import { ManualClock, SpotifyGrants } from '../testing/index.js';
import { spotifyWebapi } from '../index.js';
import { ConnectorError } from './connector-error.js';
import { consentOf } from './consent.js';
import type { RefreshGrant } from './oauth-grant.js';
import { OAuthTokens } from './oauth-tokens.js';

const owner = { tenant: 'default', connection: 'connection-1' };
const never = new AbortController().signal;
const clock = new ManualClock();
const environment = clock.environment();

/** A provider that rotates and that ends the whole grant when a refresh token is used twice. */
function provider() {
  const rules = {
    clientId: 'id',
    tokenSeconds: 3600,
    rotates: true,
    revokesFamily: true,
    now: () => clock.instant,
  };
  const grants = new SpotifyGrants(rules);
  let refreshes = 0;
  const refresh: RefreshGrant = async (secrets) => {
    refreshes++;
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: 'id',
      refresh_token: secrets['refresh_token'] ?? '',
    });
    // The answer takes a few turns, so that others meet the claim.
    const { status, body } = grants.refresh(form, undefined);
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    if (status !== 200) throw new ConnectorError('AUTH_REVOKED', 'refused');
    const { access_token, refresh_token } = body as { access_token: string; refresh_token: string };
    return { accessToken: access_token, expiresInMs: 3_600_000, rotated: { refresh_token } };
  };
  return { grants, refresh, count: () => refreshes, first: grants.consent('demo') };
}

async function fileVaults(count: number, refreshToken: string): Promise<readonly SqliteVault[]> {
  const path = join(mkdtempSync(join(tmpdir(), 'tokens-')), 'vault.db');
  const keys = [randomBytes(32).toString('hex')];
  const vaults = Array.from({ length: count }, () => new SqliteVault({ path, keys }));
  await vaults[0]?.write(owner, { refresh_token: refreshToken }, 0);
  return vaults;
}

describe('fifty workers at once', () => {
  test('in one process: exactly one refresh, one token', async () => {
    const { refresh, count, first, grants } = provider();
    const vault = new MemoryVault();
    await vault.write(owner, { refresh_token: first }, 0);
    const tokens = new OAuthTokens({ vault, environment });
    const got = await Promise.all(Array.from({ length: 50 }, () => tokens.current(owner, refresh, never)));
    expect([count(), new Set(got).size, grants.userOf(got[0] ?? '')]).toEqual([1, 1, 'demo']);
  });

  test('each with its own memory and its own handle on the vault file: exactly one refresh, no grant lost', async () => {
    const { refresh, count, first, grants } = provider();
    const workers = (await fileVaults(50, first)).map((vault) => new OAuthTokens({ vault, environment }));
    const got = await Promise.all(workers.map((tokens) => tokens.current(owner, refresh, never)));
    expect([count(), new Set(got).size, grants.userOf(got[0] ?? '')]).toEqual([1, 1, 'demo']);
    grants.expireAccess();
    const renewed = await Promise.all(
      workers.map((tokens) => tokens.renew(owner, got[0] ?? '', refresh, never)),
    );
    expect([count(), new Set(renewed).size, grants.userOf(renewed[0] ?? '')]).toEqual([2, 1, 'demo']);
  });
});

describe('a refresh', () => {
  test('refused while someone else had rotated: their token is used, the grant is not declared dead', async () => {
    const { refresh, first, grants } = provider();
    const vault = new MemoryVault();
    await vault.write(owner, { refresh_token: first }, 0);
    let hijacked = false;
    const late: RefreshGrant = async (secrets) => {
      if (hijacked) return refresh(secrets);
      hijacked = true;
      // Another process, whose claim on this record has run out for us, finishes first.
      const grant = await refresh(secrets);
      const stored = await vault.read(owner);
      await vault.write(owner, { refresh_token: grant.rotated['refresh_token'] ?? '' }, stored?.version ?? 0);
      throw new ConnectorError('AUTH_REVOKED', 'refused');
    };
    const token = await new OAuthTokens({ vault, environment }).current(owner, late, never);
    expect(grants.userOf(token)).toBe('demo');
  });

  test('refused with nobody else about: AUTH_REVOKED, and the claim is given back', async () => {
    const { refresh, first, grants, count } = provider();
    const vault = new MemoryVault();
    await vault.write(owner, { refresh_token: first }, 0);
    grants.revoke('demo');
    const tokens = new OAuthTokens({ vault, environment });
    await expect(tokens.current(owner, refresh, never)).rejects.toMatchObject({ class: 'AUTH_REVOKED' });
    expect((await vault.read(owner))?.secrets).toEqual({ refresh_token: first });
    expect(count()).toBe(1);
  });

  test('claimed by a process that died: taken over when the claim ends', async () => {
    const { refresh, first, count } = provider();
    const vault = new MemoryVault();
    await vault.write(owner, { refresh_token: first, refresh_claim: `${clock.instant + MINUTE}|dead` }, 0);
    const waiting = new OAuthTokens({ vault, environment }).current(owner, refresh, never);
    for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
    expect(count()).toBe(0);
    clock.move(MINUTE + 1);
    await waiting;
    expect(count()).toBe(1);
  });

  test('one caller cancels: the others still get the token, and the rotation is stored', async () => {
    const { refresh, first, count, grants } = provider();
    const vault = new MemoryVault();
    await vault.write(owner, { refresh_token: first }, 0);
    const tokens = new OAuthTokens({ vault, environment });
    const abort = new AbortController();
    const cancelled = tokens.current(owner, refresh, abort.signal);
    const other = tokens.current(owner, refresh, never);
    abort.abort();
    await expect(cancelled).rejects.toMatchObject({ class: 'CANCELLED' });
    expect([grants.userOf(await other), count()]).toEqual(['demo', 1]);
    expect((await vault.read(owner))?.secrets['refresh_token']).not.toBe(first);
  });

  test('while the user connects another account: the new credentials stay, and their token is used', async () => {
    const { refresh, first, grants } = provider();
    const vault = new MemoryVault();
    await vault.write(owner, { refresh_token: first }, 0);
    const second = grants.consent('second');
    let reconnected = false;
    const slow: RefreshGrant = async (secrets) => {
      const grant = await refresh(secrets);
      const stored = await vault.read(owner);
      if (!reconnected) await vault.write(owner, { refresh_token: second }, stored?.version ?? 0);
      reconnected = true;
      return grant;
    };
    expect(grants.userOf(await new OAuthTokens({ vault, environment }).current(owner, slow, never))).toBe(
      'second',
    );
  });

  test('a cached token whose record was replaced: forgotten when revalidated', async () => {
    const { refresh, first, grants } = provider();
    const vault = new MemoryVault();
    await vault.write(owner, { refresh_token: first }, 0);
    const tokens = new OAuthTokens({ vault, environment });
    await tokens.current(owner, refresh, never);
    const version = (await vault.read(owner))?.version ?? 0;
    await vault.write(owner, { refresh_token: grants.consent('second') }, version);
    await tokens.revalidate(owner);
    expect(grants.userOf(await tokens.current(owner, refresh, never))).toBe('second');
  });
});

test.each([
  ['unknown', undefined],
  ['fresh', 10],
  ['expiring', 170],
  ['expired', 181],
])('consent %s after %s days', (state, days) => {
  const secrets =
    days === undefined ? {} : { consented_at: new Date(clock.instant - days * DAY).toISOString() };
  expect(consentOf(spotifyWebapi.manifest, secrets, clock.instant).state).toBe(state);
});
