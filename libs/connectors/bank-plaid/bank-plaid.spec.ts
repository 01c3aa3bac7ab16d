import { afterEach, describe, expect, test } from '@jest/globals';
import { MemorySink } from '#lib/sink';
import { createConnectorEngine } from '../engine/index.js';
import { connectorConformance } from '../kit/testing/index.js';
import { RecordingContext, taskOf } from '../testing/index.js';
import { closeOpened, owner } from '../testing/stand-ins.js';
import { cursors, customer, SYNC } from '../testing/plaid-customer.js';
import { plaidKeys } from '../testing/plaid-stand-in.js';
import { bankPlaid } from './index.js';

afterEach(closeOpened);

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

  test.each([
    [12.989999999999998, 'EUR', 1299],
    [0.1 + 0.2, 'EUR', 30],
    [-19.999999999999996, 'USD', -2000],
    [1490, 'JPY', 1490],
    [3.5, 'KWD', 3500],
  ])(
    'a charge of %p %s: is %i, without what is left over from sums of floats',
    async (amount, currency, minor) => {
      const { item, rig } = await customer();
      const id = item.pay('Netflix', 'NETFLIX.COM', { amount, iso_currency_code: currency });
      expect(await rig.run()).toMatchObject({ counts: { read: 6, rejected: 0 } });
      expect(rig.sink.records.get(`charges ${id}`)?.data).toMatchObject({ amount_minor: minor, currency });
    },
  );

  test('a charge finer than its currency: rejected, not rounded', async () => {
    const { item, rig } = await customer();
    item.pay('Netflix', 'NETFLIX.COM', { amount: 12.985 });
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 6, rejected: 1 } });
  });

  test('a charge in no known currency: rejected, not fatal', async () => {
    const { item, rig } = await customer();
    item.pay('Netflix', 'NETFLIX.COM', { iso_currency_code: null });
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 6, rejected: 1 } });
  });
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
