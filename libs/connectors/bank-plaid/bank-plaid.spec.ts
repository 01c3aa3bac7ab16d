import { afterEach, describe, expect, test } from '@jest/globals';
import { MemoryVault } from '#lib/credentials';
import { MemorySink } from '#lib/sink';
import { createConnectorEngine } from '../engine/index.js';
import { connectorConformance } from '../kit/testing/index.js';
import { RecordingContext, Rig, taskOf, type Trouble } from '../testing/index.js';
import { PlaidStandIn, plaidKeys, plaidTroubles } from '../testing/plaid-stand-in.js';
import { bankPlaid } from './index.js';
import { merchantOf } from './merchants.js';

const owner = { tenant: 'default', connection: 'connection-1' };
const SYNC = '/transactions/sync';
const RECURRING = '/transactions/recurring/get';
const open: PlaidStandIn[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((plaid) => plaid.close()));
});

/** A bank customer with Netflix, a gym and a rent that recur, and with six charges of which three are of those. */
async function customer(config: object = {}, pageSize = 500) {
  const plaid = await PlaidStandIn.start({ pageSize });
  open.push(plaid);
  const item = plaid.addItem();
  item.recur('Netflix', 'NETFLIX.COM');
  item.recur('FitWorld Berlin', 'FITWORLD 10023 BERLIN', { status: 'EARLY_DETECTION' });
  item.recur(null, 'RENT NOVEMBER', { personal_finance_category: { primary: 'RENT_AND_UTILITIES', detailed: 'RENT_AND_UTILITIES_RENT' } }); // prettier-ignore
  item.pay('Netflix', 'NETFLIX.COM 866-579');
  item.pay(null, 'SUPERMARKET 12', { amount: 61.2 });
  item.pay('FitWorld Berlin', 'FITWORLD 10024 BERLIN', { amount: 30 });
  item.pay(null, 'RENT NOVEMBER', { amount: 900 });
  item.pay(null, 'SPOTIFY P2A41', { amount: 11, pending: true });
  item.pay('Spotify', 'PAYPAL *SPOTIFY', { amount: -1.5 });
  const vault = new MemoryVault();
  await vault.write(owner, { ...plaidKeys, access_token: item.accessToken }, 0);
  const http = { baseUrls: plaid.baseUrls, allowLoopback: true, headersMs: 300, bodyMs: 300, totalMs: 2_000 };
  return { plaid, item, vault, rig: new Rig({ connector: bankPlaid, config, vault, http }) };
}

const cursors = (plaid: PlaidStandIn): readonly unknown[] =>
  plaid.requests.filter(({ path }) => path === SYNC).map(({ body }) => body['cursor']);

describe('a bank customer', () => {
  test('first, idle and grown: all charges of subscriptions, then none, then one', async () => {
    const { plaid, item, rig } = await customer();
    expect(await rig.run()).toMatchObject({
      kind: 'succeeded',
      counts: { read: 5, written: 5, rejected: 0 },
    });
    expect(rig.sink.of('charges').map(({ key, data }) => [key, data['provider'], data['amount_minor']])).toEqual([
      ['tx_1', 'netflix', 1299],
      ['tx_3', 'bank:fitworld-berlin', 3000],
      ['tx_6', 'spotify', -150],
    ]); // prettier-ignore
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 2 } });
    item.pay('Netflix', 'NETFLIX.COM', { date: '2026-12-03' });
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 3 } });
    expect(rig.sink.of('charges')).toHaveLength(4);
    expect(cursors(plaid).map((cursor) => typeof cursor)).toEqual(['undefined', 'string', 'string']);
    expect(plaid.requests[0]).toMatchObject({ version: '2020-09-14', body: plaidKeys });
  });

  test('a subscription: names its provider, its price, its next date and how sure the bank is', async () => {
    const { rig } = await customer();
    await rig.run();
    const [netflix, gym] = rig.sink.of('subscriptions');
    expect(netflix).toEqual({
      stream: 'subscriptions',
      key: 'acc_demo|st_1',
      data: {
        account_ref: 'acc_demo', stream_ref: 'st_1', provider: 'netflix', merchant: 'Netflix', plan: null,
        status: 'active', status_raw: 'MATURE', price_minor: 1299, currency: 'EUR', interval: 'month',
        renews_on: '2026-12-03', first_charged_on: '2026-03-03', last_charged_on: '2026-11-03',
        as_of: '2026-11-20', source: 'bank', confidence: 0.8,
      },
    }); // prettier-ignore
    expect(gym?.data).toMatchObject({ provider: 'bank:fitworld-berlin', confidence: 0.5 });
  });

  test('a full sync: ignores the cursor and reads everything again', async () => {
    const { plaid, rig } = await customer();
    await rig.run();
    expect(await rig.run('full_sync')).toMatchObject({ kind: 'succeeded', counts: { read: 5 } });
    expect(cursors(plaid)).toEqual([undefined, undefined]);
  });

  test('a charge corrected, and one taken back: the row is corrected, and counts as nothing', async () => {
    const { item, rig } = await customer();
    await rig.run();
    item.modify('tx_1', { amount: 9.99 });
    item.remove('tx_3');
    item.remove('tx_2');
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 4 } });
    const amounts = rig.sink
      .of('charges')
      .map(({ key, data }) => [key, data['amount_minor'], data['status_raw']]);
    expect(amounts).toEqual([['tx_1', 999, 'posted'], ['tx_3', 0, 'removed'], ['tx_6', -150, 'posted']]); // prettier-ignore
  });

  test('a stream that ended, in a currency without decimals: expired, without a next date', async () => {
    const { item, rig } = await customer();
    const yen = { amount: 1490, iso_currency_code: 'JPY' };
    item.recur('Netflix', 'NETFLIX', { is_active: false, status: 'TOMBSTONED', last_amount: yen });
    await rig.run();
    expect(rig.sink.of('subscriptions').at(-1)?.data).toMatchObject({
      status: 'expired', status_raw: 'TOMBSTONED', price_minor: 1490, currency: 'JPY', renews_on: null, confidence: 0.3,
    }); // prettier-ignore
  });

  test('an account that is not to be read: neither its streams nor its charges', async () => {
    const { plaid, item, rig } = await customer({ accounts: ['acc_other'] });
    item.pay('Netflix', 'NETFLIX.COM', { account_id: 'acc_other' });
    expect(await rig.run()).toMatchObject({ counts: { read: 1 } });
    expect(plaid.requests[0]?.body['account_ids']).toEqual(['acc_other']);
  });

  test('a charge in no known currency: rejected, not fatal', async () => {
    const { item, rig } = await customer();
    item.pay('Netflix', 'NETFLIX.COM', { iso_currency_code: null });
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 6, rejected: 1 } });
  });
});

describe('paging', () => {
  test('data that changes after page 1: begins again from the first cursor, and keeps nothing of the first try', async () => {
    const { plaid, item, rig } = await customer({}, 2);
    item.afterPage = () => item.remove('tx_1');
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 4 } });
    expect(rig.sink.of('charges').map(({ key }) => key)).toEqual(['tx_3', 'tx_6']);
    expect(cursors(plaid).slice(0, 3)).toEqual([undefined, expect.any(String), undefined]);
  });

  test('the same in an incremental read: again from the stored cursor, not from the beginning', async () => {
    const { plaid, item, rig } = await customer({}, 2);
    await rig.run();
    const stored = (rig.state as { cursor: string }).cursor;
    const already = cursors(plaid).length;
    for (let month = 1; month <= 4; month++) item.pay('Netflix', `NETFLIX ${month}`);
    item.afterPage = () => item.pay('Netflix', 'NETFLIX 5');
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 7 } });
    expect(cursors(plaid).slice(already).filter((cursor) => cursor === stored)).toHaveLength(2); // prettier-ignore
  });

  test('data that never stands still: given up as TRANSIENT, with the old cursor kept', async () => {
    const { item, rig } = await customer({}, 2);
    const churn = (): void => {
      item.pay(null, 'SUPERMARKET');
      item.afterPage = churn;
    };
    item.afterPage = churn;
    expect(await rig.run()).toMatchObject({
      kind: 'failed',
      failure: { class: 'TRANSIENT', code: 'mutating' },
    });
    expect(rig.state).toBeUndefined();
    item.afterPage = undefined;
    expect(await rig.run()).toMatchObject({ kind: 'succeeded' });
  });

  test('trouble in page 2: no cursor is stored, and the next run is whole', async () => {
    const { plaid, item, rig } = await customer({}, 2);
    item.afterPage = () => plaid.script(SYNC, { kind: 'drop' });
    expect(await rig.run()).toMatchObject({ kind: 'failed', failure: { class: 'TRANSIENT' } });
    expect(rig.state).toBeUndefined();
    await rig.run();
    expect(rig.sink.of('charges')).toHaveLength(3);
  });

  test.each<[string, object]>([
    ['of an unknown version', { v: 99 }],
    ['of another Item', { v: 1, of: '', cursor: 'other:3:3', stored: [] }],
    ['of other settings', { v: 1, of: 'other', cursor: 'c', stored: [] }],
  ])('a cursor %s: reads in full within the same attempt', async (_, state) => {
    const { rig } = await customer();
    await rig.run();
    const of = 'v' in state && state.v === 1 && 'of' in state && state.of === '' ? (rig.state as { of: string }).of : undefined; // prettier-ignore
    rig.state = of === undefined ? state : { ...state, of };
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', state: { v: 1 } });
    expect(rig.sink.of('charges')).toHaveLength(3);
  });

  test('more without saying where: SCHEMA_DRIFT, not an endless loop', async () => {
    const { plaid, rig } = await customer();
    const body = { added: [], modified: [], removed: [], next_cursor: 'same', has_more: true };
    plaid.script(SYNC, { kind: 'status', status: 200, body }, 5);
    expect(await rig.run()).toMatchObject({ kind: 'failed', failure: { class: 'SCHEMA_DRIFT' } });
    expect(plaid.count(SYNC)).toBe(2);
  });
});

describe('a bank link', () => {
  test('that needs a new login: AUTH_REVOKED with what to do, and no call after it', async () => {
    const { plaid, item, rig } = await customer();
    item.loginRequired = true;
    expect(await rig.run()).toMatchObject({
      kind: 'failed',
      failure: { class: 'AUTH_REVOKED', message: expect.stringContaining('connect the bank once more') },
    });
    expect(plaid.requests.map(({ path }) => path)).toEqual([RECURRING]);
  });

  test('made a moment ago: snoozed until Plaid has the transactions', async () => {
    const { item, rig } = await customer();
    item.ready = false;
    expect(await rig.run()).toMatchObject({ kind: 'snoozed', class: 'DATA_NOT_READY', delayMs: 300_000 });
    expect(rig.state).toBeUndefined();
    item.ready = true;
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 5 } });
  });

  test.each<[string, Trouble, object]>([
    ['PRODUCT_NOT_READY', plaidTroubles.productNotReady(), { kind: 'snoozed', class: 'DATA_NOT_READY', delayMs: 300_000 }],
    ['a rate limit', plaidTroubles.rateLimited(), { kind: 'snoozed', class: 'RATE_LIMITED', delayMs: 60_000 }],
    ['a rate limit told by code', plaidTroubles.of('ITEM_ERROR_X', 'RATE_LIMIT_EXCEEDED'), { kind: 'snoozed', class: 'RATE_LIMITED' }],
    ['INSTITUTION_DOWN', plaidTroubles.institutionDown(), { failure: { class: 'TRANSIENT', retryAfterMs: 600_000 } }],
    ['INSTITUTION_NOT_RESPONDING', plaidTroubles.of('INSTITUTION_ERROR', 'INSTITUTION_NOT_RESPONDING'), { failure: { class: 'TRANSIENT' } }],
    ['API_ERROR', plaidTroubles.of('API_ERROR', 'INTERNAL_SERVER_ERROR', 500), { failure: { class: 'TRANSIENT' } }],
    ['API_ERROR with 400', plaidTroubles.of('API_ERROR', 'INTERNAL_SERVER_ERROR'), { failure: { class: 'TRANSIENT' } }],
    ['another ITEM_ERROR', plaidTroubles.of('ITEM_ERROR', 'SOMETHING_NEW'), { failure: { class: 'AUTH_REVOKED' } }],
    ['ADDITIONAL_CONSENT_REQUIRED', plaidTroubles.of('INVALID_INPUT', 'ADDITIONAL_CONSENT_REQUIRED'), { failure: { class: 'PERMISSION' } }],
    ['INVALID_API_KEYS', plaidTroubles.of('INVALID_INPUT', 'INVALID_API_KEYS'), { failure: { class: 'CONFIG' } }],
    ['INVALID_ACCESS_TOKEN', plaidTroubles.of('INVALID_INPUT', 'INVALID_ACCESS_TOKEN'), { failure: { class: 'AUTH_REVOKED' } }],
    ['an unknown INVALID_REQUEST', plaidTroubles.of('INVALID_REQUEST', 'MISSING_FIELDS'), { failure: { class: 'CONFIG' } }],
    ['JSON of another shape', { kind: 'status', status: 200, body: { added: [{ id: 1 }] } }, { failure: { class: 'SCHEMA_DRIFT' } }],
    ['a 500 of a proxy', { kind: 'status', status: 500, body: 'upstream error' }, { failure: { class: 'TRANSIENT' } }],
    ['an HTML page with 502', { kind: 'status', status: 502, body: '<!doctype html>' }, { failure: { class: 'TRANSIENT' } }],
    ['a 403 in plain text', { kind: 'status', status: 403, body: 'Forbidden' }, { failure: { class: 'INTERNAL' } }],
    ['a dropped connection', { kind: 'drop' }, { failure: { class: 'TRANSIENT' } }],
    ['a truncated body', { kind: 'truncate' }, { failure: { class: 'TRANSIENT' } }],
    ['a body that stalls', { kind: 'stall' }, { failure: { class: 'TRANSIENT' } }],
  ])('answered with %s: its own outcome, keeping what was read', async (_, trouble, expected) => {
    const { plaid, rig } = await customer();
    plaid.script(SYNC, trouble);
    expect(await rig.run()).toMatchObject(expected);
    expect(rig.sink.of('subscriptions')).toHaveLength(2);
    expect(rig.state).toBeUndefined();
  }); // prettier-ignore

  test('that echoes our credentials: no message, state or record holds them', async () => {
    const { plaid, item, rig } = await customer();
    const echo = { error_message: `${item.accessToken} ${plaidKeys.secret} ${plaidKeys.client_id}` };
    for (const status of [400, 429, 500]) {
      plaid.script(SYNC, { kind: 'status', status, body: echo });
      const said = JSON.stringify([await rig.run(), rig.state, [...rig.sink.records]]);
      for (const canary of [item.accessToken, ...Object.values(plaidKeys)])
        expect(said).not.toContain(canary);
    }
  });
});

test.each<[string | null, string, string]>([
  ['Netflix', 'NETFLIX.COM', 'netflix'],
  [null, 'PAYPAL *NETFLIX', 'netflix'],
  ['Spotify', 'Spotify P1234', 'spotify'],
  ['OpenAI', 'OPENAI *CHATGPT SUBSCR', 'chatgpt'],
  [null, 'CHATGPT SUBSCRIPTION', 'chatgpt'],
  ['Amazon Prime', 'AMAZON PRIME*2H4', 'amazon_prime'],
  [null, 'Amzn Prime DE', 'amazon_prime'],
  ['Amazon', 'AMZN Mktp DE*123', 'bank:amazon'],
  ['Amazon', 'Amazon Prime Video*X1', 'bank:amazon'],
  ['Amazon Prime Video', 'PRIME VIDEO', 'bank:amazon-prime-video'],
  [null, 'Fußball-Verein 1903 e.V.', 'bank:fußball-verein-e-v'],
  [null, 'Café Müller', 'bank:cafe-muller'],
  [null, '4711', 'bank:unknown'],
  [null, '', 'bank:unknown'],
])('a merchant %p written %p: is %s', (merchant_name, text, provider) => {
  expect(merchantOf({ merchant_name, text }, []).provider).toBe(provider);
});

test("a merchant in the operator's own rules: theirs, before the table", () => {
  const rules = [{ contains: 'NETFLIX-KIDS', provider: 'kids_tv' }];
  expect(merchantOf({ merchant_name: null, text: 'netflix kids' }, rules).provider).toBe('kids_tv');
});

describe('the connector', () => {
  test('asked to check: names the bank, or says that it wants a login, also where Plaid answers 200', async () => {
    const { plaid, item, rig } = await customer();
    expect(await rig.engine.checkConnection('default', 'connection-1')).toEqual({ ok: true, account: 'Demo Bank' });
    item.loginRequired = true;
    expect(await rig.engine.checkConnection('default', 'connection-1')).toMatchObject({ ok: false, class: 'AUTH_REVOKED' });
    expect(plaid.requests.map(({ path }) => path)).toEqual(['/item/get', '/item/get']);
  }); // prettier-ignore

  test('cancelled while Plaid stalls: ends at once as cancelled', async () => {
    const { plaid, rig } = await customer();
    plaid.script(SYNC, { kind: 'stall' });
    const context = new RecordingContext();
    const running = rig.run('incremental_sync', {}, context);
    context.abort.abort();
    expect(await running).toEqual({ kind: 'cancelled' });
  });

  test('written through the real sink: provider and merchant stand beside the columns', async () => {
    const { rig, vault } = await customer();
    const sink = new MemorySink();
    const settings = { connector: 'bank.plaid', config: {} };
    const engine = createConnectorEngine({
      connectors: [bankPlaid], connectionConfig: async () => settings, vault, sink,
      environment: rig.clock.environment(), http: rig.options.http ?? {},
    }); // prettier-ignore
    await engine.sync(taskOf('full_sync', undefined, { provider: 'bank' }), new RecordingContext());
    const [row] = await sink.subscriptions({ tenant: 'default' });
    expect(row).toMatchObject({
      provider: 'bank',
      priceMinor: 1299,
      extra: { provider: 'netflix', source: 'bank' },
    });
    await engine.close();
  });

  test('held against the contract: nothing is missing', async () => {
    const { plaid, item, rig, vault } = await customer();
    const broken = plaid.addItem();
    broken.loginRequired = true;
    const stale = { tenant: 'default', connection: 'stale' };
    await vault.write(stale, { ...plaidKeys, access_token: broken.accessToken }, 0);
    const keyless = { tenant: 'default', connection: 'keyless' };
    await vault.write(keyless, { access_token: item.accessToken }, 0);
    const missing = await connectorConformance(bankPlaid, {
      good: (overrides) => rig.context(overrides),
      broken: [
        { name: 'wrong settings', class: 'CONFIG', context: (o) => rig.context({ ...o, config: { environment: 'dev' } }) },
        { name: 'no keys', class: 'CONFIG', context: (o) => rig.context({ ...o, owner: keyless }) },
        { name: 'no link', class: 'AUTH_REVOKED', context: (o) => rig.context({ ...o, owner: { ...owner, tenant: 'other' } }) },
        { name: 'login required', class: 'AUTH_REVOKED', context: (o) => rig.context({ ...o, owner: stale }) },
      ],
      canaries: [item.accessToken, broken.accessToken, plaidKeys.secret],
    }); // prettier-ignore
    expect(missing).toEqual([]);
  });
});
