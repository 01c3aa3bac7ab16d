import { afterEach, describe, expect, test } from '@jest/globals';
import { MemoryVault } from '#lib/credentials';
import { DAY, HOUR } from '#lib/domain/kernel';
import { connectorConformance } from '../kit/testing/index.js';
import { ManualClock, RecordingContext, Rig, type Trouble } from '../testing/index.js';
import { OpenaiStandIn, openaiPaths, openaiTroubles } from '../testing/openai-stand-in.js';
import { amountOf } from './amount.js';
import { openaiOrgCosts } from './index.js';

const owner = { tenant: 'default', connection: 'connection-1' };
const KEY = 'sk-admin-canaryAAAAbbbbCCCCdddd7777';
const open: OpenaiStandIn[] = [];

/** Ten days from 11 to 20 November 2026 by default; today is the 20th. */
async function organization(config: object = {}, days = 10, pageSize = 180) {
  const clock = new ManualClock();
  const openai = await OpenaiStandIn.start({ now: () => clock.instant, pageSize });
  open.push(openai);
  openai.addKey(KEY);
  openai.books.live('2026-11-20', days);
  const vault = new MemoryVault();
  await vault.write(owner, { admin_key: KEY }, 0);
  const http = {
    baseUrls: openai.baseUrls,
    allowLoopback: true,
    headersMs: 300,
    bodyMs: 300,
    totalMs: 2_000,
  };
  const settings = { since: '2026-11-11', ...config };
  const rig = new Rig({ connector: openaiOrgCosts, config: settings, vault, http, clock });
  const charge = (on: string) =>
    rig.sink.of('charges').find((record) => record.data['occurred_on'] === on)?.data;
  return { openai, vault, rig, clock, charge };
}

const starts = (openai: OpenaiStandIn, path: string = openaiPaths.costs) =>
  openai.asked(path).map(({ query }) => [query['start_time']?.[0], query['page']?.[0]]);
const second = (day: string): string => String(Date.parse(day) / 1000);

afterEach(async () => {
  await Promise.all(open.splice(0).map((openai) => openai.close()));
});

describe('an organization that spends every day', () => {
  test('first, idle and grown: reads all, then nothing, then what is new', async () => {
    const { openai, rig, clock, charge } = await organization();
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 20, rejected: 0 } });
    expect(charge('2026-11-20')).toMatchObject({
      currency: 'USD',
      period_end: '2026-11-21',
      charge_ref: expect.any(String),
    });
    expect(rig.sink.of('usage')).toHaveLength(10);
    expect(rig.sink.of('usage').find((record) => record.key.startsWith('2026-11-20'))?.data).toMatchObject({
      kind: 'api_tokens', item: 'demo-model-large', occurred_at: '2026-11-20', amount: 1_200, unit: 'tokens', requests: 3,
    }); // prettier-ignore
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 0 } });
    clock.move(DAY);
    openai.books.spend('2026-11-21', { value: '4.2' });
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 1 } });
    expect(charge('2026-11-21')).toMatchObject({ amount_minor: 420, amount_exact: '4.2' });
  });

  test('read incrementally: asks from three days back; in full: from the first day, and says all again', async () => {
    const { openai, rig } = await organization();
    await rig.run();
    await rig.run();
    expect(await rig.run('full_sync')).toMatchObject({ kind: 'succeeded', counts: { read: 20 } });
    const [first, lag] = [second('2026-11-11'), second('2026-11-17')];
    expect(starts(openai)).toEqual([[first, undefined], [lag, undefined], [first, undefined]]); // prettier-ignore
    expect(rig.sink.of('charges')).toHaveLength(10);
  });

  test('with a late cost within the lag: the charge is updated; before it: left as it was', async () => {
    const { openai, rig, charge } = await organization();
    await rig.run();
    const before = charge('2026-11-16');
    openai.books.spend('2026-11-18', { value: '9.995' });
    openai.books.spend('2026-11-16', { value: '77' });
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 1 } });
    expect(charge('2026-11-18')).toMatchObject({ amount_minor: 1000, amount_exact: '9.995' });
    expect(charge('2026-11-16')).toEqual(before);
    expect(rig.sink.of('charges')).toHaveLength(10);
  });

  test('split by project and line item: lists go as repeated parameters, parts are charges', async () => {
    const { openai, rig } = await organization({
      groupBy: ['project_id', 'line_item'],
      projects: ['proj_demo0', 'proj_demo1'],
    });
    await rig.run();
    expect(openai.requests[0]?.query).toMatchObject({ group_by: ['project_id', 'line_item'], project_ids: ['proj_demo0', 'proj_demo1'], bucket_width: ['1d'] }); // prettier-ignore
    expect(openai.asked(openaiPaths.completions)[0]?.query['group_by']).toEqual(['project_id', 'model']);
    expect(rig.sink.of('charges')).toHaveLength(30);
    expect(rig.sink.of('charges').map(({ data }) => data['description'])).toContain(
      'demo-model-small, input',
    );
  });

  test('without a first day set: the last 180 days', async () => {
    const { openai, rig } = await organization({ since: undefined, usage: false });
    await rig.run();
    expect(starts(openai)).toEqual([[second('2026-05-25'), undefined]]);
    expect(openai.asked(openaiPaths.completions)).toEqual([]);
  });

  test('with settings changed: the cursor is not used, everything is read', async () => {
    const { rig } = await organization();
    await rig.run();
    rig.state = { ...rig.state, of: 'other settings' };
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 20 } });
    rig.state = { v: 99 };
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 20 } });
  });

  test('idle for weeks: goes on where it was, without a gap', async () => {
    const { openai, rig, clock } = await organization();
    await rig.run();
    clock.move(30 * DAY);
    openai.books.live('2026-12-20', 40);
    await rig.run();
    expect(rig.sink.of('charges')).toHaveLength(40);
  });
});

describe('three pages of costs', () => {
  test('a crash after the second: the next run begins with the third, without gap or duplicate', async () => {
    const { openai, rig } = await organization({ since: '2026-10-01', usage: false }, 51, 20);
    openai.script(openaiPaths.costs, { kind: 'drop' }, { skip: 2 });
    expect(await rig.run()).toMatchObject({
      kind: 'failed',
      failure: { class: 'TRANSIENT' },
      counts: { read: 40 },
    });
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 11 } });
    const october = second('2026-10-01');
    expect(starts(openai)).toEqual([
      [october, undefined],
      [october, `page_${second('2026-10-21')}`],
      [october, `page_${second('2026-11-10')}`],
      [second('2026-11-10'), undefined],
    ]);
    const days = rig.sink.of('charges').map(({ data }) => data['occurred_on']);
    expect(new Set(days).size).toBe(51);
    expect(rig.sink.records.size).toBe(51);
  });

  test('killed while the second is stored: what had no checkpoint is read again, by the same keys', async () => {
    const { rig } = await organization({ since: '2026-10-01', usage: false }, 51, 20);
    let states = 0;
    const dying = new RecordingContext(() => {
      if (++states === 2) throw new Error('the process died');
    });
    await rig.run('incremental_sync', {}, dying);
    rig.state = dying.checkpoints[0]?.state;
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 31 } });
    expect(rig.sink.records.size).toBe(51);
  });

  test('a crash in the middle of usage: costs are not said again', async () => {
    const { openai, rig } = await organization({ since: '2026-10-01' }, 51, 20);
    openai.script(openaiPaths.completions, openaiTroubles.overloaded(), { skip: 1 });
    expect(await rig.run()).toMatchObject({ kind: 'failed', counts: { read: 71 } });
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 31 } });
    expect(rig.sink.records.size).toBe(102);
  });

  test('a page that has expired: TRANSIENT, and the next attempt asks anew', async () => {
    const { openai, rig } = await organization({ since: '2026-10-01', usage: false }, 51, 20);
    const invalid = openaiTroubles.of(400, 'Invalid page', { param: 'page' });
    openai.script(openaiPaths.costs, invalid, { skip: 1 });
    expect(await rig.run()).toMatchObject({ kind: 'failed', failure: { class: 'TRANSIENT' } });
    expect(await rig.run()).toMatchObject({ kind: 'succeeded' });
    expect(rig.sink.of('charges')).toHaveLength(51);
  });
});

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

describe('an amount', () => {
  test.each<[number | string, string, number, string]>([
    [0.42, 'usd', 42, '0.42'],
    ['0.13080438340307526171875', 'usd', 13, '0.13080438340307526171875'],
    [0.005, 'usd', 0, '0.005'],
    [0.015, 'usd', 2, '0.015'],
    ['0.0050000000000000000001', 'usd', 1, '0.0050000000000000000001'],
    ['-0.015', 'usd', -2, '-0.015'],
    [4.2e-7, 'usd', 0, '0.00000042'],
    ['1.50', 'jpy', 2, '1.5'],
    ['2.5', 'jpy', 2, '2.5'],
    ['12e1', 'usd', 12_000, '120'],
    ['-0.00', 'usd', 0, '0'],
  ])('%s %s: rounded half to even, and kept exactly', (value, currency, minor, exact) => {
    expect(amountOf(value, currency)).toEqual({ minor, exact, currency: currency.toUpperCase() });
  });

  test.each<[number | string, string]>([
    [1.5e21, 'usd'],
    ['1e999', 'usd'],
    ['', 'usd'],
    ['1,5', 'usd'],
    ['1', 'dollars'],
  ])('of %s %s: none', (value, currency) => expect(amountOf(value, currency)).toBeUndefined());
});

test('held against the contract: nothing is missing', async () => {
  const { rig } = await organization();
  const stranger = { owner: { ...owner, tenant: 'other' } };
  const missing = await connectorConformance(openaiOrgCosts, {
    good: (overrides) => rig.context(overrides),
    broken: [
      {
        name: 'settings that we do not know',
        class: 'CONFIG',
        context: (overrides) => rig.context({ ...overrides, config: { groupBy: ['user'] } }),
      },
      {
        name: 'no key',
        class: 'AUTH_REVOKED',
        context: (overrides) => rig.context({ ...overrides, ...stranger }),
      },
    ],
    canaries: [KEY, 'canary'],
  });
  expect(missing).toEqual([]);
});
