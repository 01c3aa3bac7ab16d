import { afterEach, describe, expect, test } from '@jest/globals';
import { HOUR } from '#lib/domain/kernel';
import { RecordingContext, type Trouble } from '../testing/index.js';
import { KEY, organization } from '../testing/openai-organization.js';
import { openaiPaths, openaiTroubles } from '../testing/openai-stand-in.js';
import { closeOpened, owner } from '../testing/stand-ins.js';

afterEach(closeOpened);

describe('a key', () => {
  test.each<[string, string | undefined, object]>([
    [
      'never stored',
      undefined,
      { class: 'AUTH_REVOKED', message: expect.stringContaining('no Admin key is stored') },
    ],
    [
      'of two lines',
      'sk-admin-one\nsk-admin-two',
      { class: 'AUTH_REVOKED', message: expect.stringContaining('cannot be') },
    ],
  ])('%s: AUTH_REVOKED without any call', async (_, key, expected) => {
    const { openai, rig, vault } = await organization();
    await vault.remove(owner);
    if (key !== undefined) await vault.write(owner, { admin_key: key }, 0);
    expect(await rig.run()).toMatchObject({ kind: 'failed', failure: expected });
    expect(openai.requests).toEqual([]);
  });

  test('revoked: AUTH_REVOKED after one call, and no part of it is told', async () => {
    const { openai, rig } = await organization();
    openai.revoke(KEY);
    const outcome = await rig.run();
    expect(outcome).toMatchObject({ kind: 'failed', failure: { class: 'AUTH_REVOKED', message: expect.stringContaining('create an Admin key') } }); // prettier-ignore
    expect(JSON.stringify(outcome)).not.toMatch(/canary|7777/);
    expect(openai.requests).toHaveLength(1);
  });

  test('of a project: check says so, and what to create', async () => {
    const { openai, rig, vault } = await organization();
    const key = openai.addKey('sk-proj-canaryAAAAbbbbCCCCdddd7777', 'project');
    await vault.remove(owner);
    await vault.write(owner, { admin_key: key }, 0);
    const said = await rig.engine.checkConnection('default', 'connection-1');
    expect(said).toMatchObject({ ok: false, class: 'PERMISSION' });
    expect(JSON.stringify(said)).toMatch(/key of a project .* not an Admin key.*must create an Admin key/);
    expect(JSON.stringify(said)).not.toContain('canary');
  });

  test('that is good: check names the account by one small request', async () => {
    const { openai, rig } = await organization({ account: 'Demo Org' });
    expect(await rig.engine.checkConnection('default', 'connection-1')).toEqual({
      ok: true,
      account: 'Demo Org',
    });
    expect(openai.requests.map(({ path, query }) => [path, query['limit']])).toEqual([
      [openaiPaths.costs, ['1']],
    ]);
  });
});

describe('limits', () => {
  const now = Date.parse('2026-11-20T12:00:00Z');
  const date = { date: new Date(now).toUTCString(), 'retry-after': new Date(now + 90_000).toUTCString() };
  test.each<[string, Trouble, object]>([
    [
      'Retry-After',
      openaiTroubles.rateLimited({ 'retry-after': '2' }),
      { class: 'RATE_LIMITED', delayMs: 2_000 },
    ],
    ['Retry-After as a date', openaiTroubles.rateLimited(date), { class: 'RATE_LIMITED', delayMs: 90_000 }],
    ['no header', openaiTroubles.rateLimited(), { class: 'RATE_LIMITED', delayMs: 60_000 }],
    ['slow_down', openaiTroubles.of(429, 'Slow down', { code: 'slow_down' }), { class: 'RATE_LIMITED' }],
    [
      'insufficient_quota',
      openaiTroubles.insufficientQuota(),
      { class: 'QUOTA_EXHAUSTED', delayMs: 6 * HOUR },
    ],
    [
      'the credit',
      openaiTroubles.of(429, 'No credit', { code: 'credit_balance_exhausted' }),
      { class: 'QUOTA_EXHAUSTED' },
    ],
    [
      'the monthly budget',
      openaiTroubles.of(429, 'Billing hard limit has been reached', { code: 'billing_hard_limit_reached' }),
      { class: 'QUOTA_EXHAUSTED', delayMs: 6 * HOUR },
    ],
    [
      'the monthly budget, as a bad request',
      openaiTroubles.of(400, 'Billing hard limit has been reached', { code: 'billing_hard_limit_reached' }),
      { class: 'QUOTA_EXHAUSTED', delayMs: 6 * HOUR },
    ],
  ])('reached, with %s: snoozed after one request', async (_, trouble, expected) => {
    const { openai, rig } = await organization();
    openai.script('/', trouble);
    expect(await rig.run()).toMatchObject({ kind: 'snoozed', ...expected });
    expect(openai.requests).toHaveLength(1);
  });
});

describe('trouble', () => {
  test.each<[string, Trouble]>([
    ['a 500', openaiTroubles.of(500, 'The server had an error')],
    ['an overloaded server', openaiTroubles.overloaded()],
    ['an HTML page', { kind: 'status', status: 502, body: '<!doctype html><title>Bad gateway' }],
    ['an HTML page with 200', { kind: 'status', status: 200, body: '<!doctype html>' }],
    ['a dropped connection', { kind: 'drop' }],
    ['a truncated body', { kind: 'truncate' }],
    ['half a JSON document', { kind: 'broken_json' }],
    ['a body that stalls', { kind: 'stall' }],
  ])('%s: TRANSIENT, and a later run is whole again', async (_, trouble) => {
    const { openai, rig } = await organization();
    openai.script(openaiPaths.costs, trouble);
    expect(await rig.run()).toMatchObject({ kind: 'failed', failure: { class: 'TRANSIENT' } });
    expect(await rig.run()).toMatchObject({ kind: 'succeeded' });
    expect(rig.sink.of('charges')).toHaveLength(10);
  });

  test('an overloaded server that says when: TRANSIENT, and not before', async () => {
    const { openai, rig } = await organization();
    openai.script(openaiPaths.costs, openaiTroubles.overloaded({ 'retry-after': '120' }));
    expect(await rig.run()).toMatchObject({ failure: { class: 'TRANSIENT', retryAfterMs: 120_000 } });
  });

  const bucket = (more: object): object => ({
    start_time: 1_795_132_800,
    end_time: 1_795_219_200,
    results: [],
    ...more,
  });
  const page = (more: object): Trouble => ({
    kind: 'status',
    status: 200,
    body: { data: [], has_more: false, next_page: null, ...more },
  });
  const cost = (value: unknown, currency = 'usd'): Trouble =>
    page({ data: [bucket({ results: [{ amount: { value, currency } }] })] });
  test.each<[string, Trouble, string]>([
    ['a missing scope', openaiTroubles.missingScope(), 'PERMISSION'],
    ['a plain-text 403', { kind: 'status', status: 403, body: 'Forbidden' }, 'PERMISSION'],
    ['a refused address', openaiTroubles.ipRefused(), 'CONFIG'],
    ['a refused country', openaiTroubles.countryRefused(), 'CONFIG'],
    ['a 400', openaiTroubles.of(400, 'Invalid project', { param: 'project_ids' }), 'CONFIG'],
    ['a 404', openaiTroubles.of(404, 'Unknown request URL'), 'CONFIG'],
    ['an amount that is none', cost('a lot'), 'SCHEMA_DRIFT'],
    ['an amount without currency', cost(1, ''), 'SCHEMA_DRIFT'],
    ['no buckets', page({ data: null }), 'SCHEMA_DRIFT'],
    ['more to come without a page', page({ has_more: true }), 'SCHEMA_DRIFT'],
    [
      'a bucket that ends before it begins',
      page({ data: [bucket({ end_time: 1_795_132_800 })] }),
      'SCHEMA_DRIFT',
    ],
    ['a bucket twice', page({ data: [bucket({}), bucket({})] }), 'SCHEMA_DRIFT'],
  ])('%s: its own outcome', async (_, trouble, errorClass) => {
    const { openai, rig } = await organization();
    openai.script(openaiPaths.costs, trouble);
    expect(await rig.run()).toMatchObject({ kind: 'failed', failure: { class: errorClass } });
    expect(rig.state).toBeUndefined();
  });

  test('a page that names itself as the next: SCHEMA_DRIFT, not a circle', async () => {
    const { openai, rig } = await organization();
    openai.script(openaiPaths.costs, page({ has_more: true, next_page: 'page_1' }), { times: 50 });
    expect(await rig.run()).toMatchObject({
      kind: 'failed',
      failure: { class: 'SCHEMA_DRIFT', code: 'paging' },
    });
    expect(openai.requests).toHaveLength(2);
  });

  test('a provider that echoes the key: no message, state or record holds it', async () => {
    const { openai, rig } = await organization();
    await rig.run();
    for (const status of [400, 401, 403, 404, 418, 429, 500]) {
      openai.script('/', {
        kind: 'status',
        status,
        body: `you sent Bearer ${KEY} ${encodeURIComponent(KEY)}`,
      });
      const told = [await rig.run(), rig.state, [...rig.sink.records]];
      expect(JSON.stringify(told)).not.toContain('canary');
    }
  });

  test('cancelled while OpenAI stalls: ends at once as cancelled', async () => {
    const { openai, rig } = await organization();
    openai.script('/', { kind: 'stall' });
    const context = new RecordingContext();
    const running = rig.run('incremental_sync', {}, context);
    context.abort.abort();
    expect(await running).toEqual({ kind: 'cancelled' });
  });
});
