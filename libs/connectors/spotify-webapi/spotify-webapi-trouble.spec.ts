import { afterEach, describe, expect, test } from '@jest/globals';
import { MINUTE } from '#lib/domain/kernel';
import { troubles, type Trouble } from '../testing/index.js';
import { closeOpened, owner } from '../testing/stand-ins.js';
import { listener, PLAYS } from '../testing/spotify-listener.js';

afterEach(closeOpened);

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
    [
      'a 204',
      { kind: 'status', status: 204 },
      { class: 'SCHEMA_DRIFT', code: 'no_content', message: expect.stringContaining('204') },
    ],
    [
      'a packed body',
      { kind: 'status', status: 200, body: '\u001f\u008b', headers: { 'content-encoding': 'gzip' } },
      { class: 'SCHEMA_DRIFT', code: 'content_encoding', message: expect.stringContaining('gzip') },
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

  test('JSON behind a byte order mark: read', async () => {
    const { spotify, rig } = await listener();
    spotify.script(PLAYS, { kind: 'status', status: 200, body: '\uFEFF{"items":[]}' });
    expect(await rig.run()).toMatchObject({ kind: 'succeeded' });
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
