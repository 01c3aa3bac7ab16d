import { describe, expect, test } from '@jest/globals';
import { BILLING, csv, zip } from '../testing/index.js';
import { changed, uploaded } from '../testing/netflix-uploads.js';
import { failed } from '../testing/uploads.js';

const PAID: Readonly<Record<string, string>> = {
  'Transaction Date': '2026-10-03',
  'Service Period Start Date': '2026-10-03',
  'Service Period End Date': '2026-11-02',
  Description: 'SUBSCRIPTION',
  'Payment Type': 'CC',
  'Mop Last 4': '0000',
  Currency: 'EUR',
  'Tax Amt': '2.07',
  'Gross Sale Amt': '12.99',
  'Pmt Txn Type': 'SALE',
  'Pmt Status': 'APPROVED',
  'Final Invoice Result': 'SETTLED',
  'Next Billing Date': '2026-11-03',
};
type Bill = Readonly<Record<string, string>>;

async function imported(bills: readonly Bill[], config: object = {}) {
  const rows = bills.map((bill) => BILLING.map((name) => ({ ...PAID, ...bill })[name] ?? ''));
  const { rig } = uploaded(zip(changed('BillingHistory.csv', csv(BILLING, rows))), { config });
  const outcome = await rig.run();
  const charges = rig.sink.of('charges').map(({ data }) => data['amount_minor']);
  return { rig, outcome, charges, data: rig.sink.of('subscriptions')[0]?.data };
}

describe('a bill', () => {
  const november = { 'Transaction Date': '2026-11-03', 'Next Billing Date': '2026-11-10' };
  test.each<[string, Bill]>([
    ['declined', { 'Pmt Status': 'DECLINED', 'Final Invoice Result': 'FAILED' }],
    ['rejected', { 'Final Invoice Result': 'Rejected' }],
    ['voided', { 'Pmt Txn Type': 'VOID' }],
  ])('%s: nothing was charged, and nothing of it is the price', async (_, words) => {
    const { rig, data } = await imported([{}, { ...november, 'Gross Sale Amt': '19.99', ...words }]);
    expect(rig.sink.of('charges').map((charge) => charge.data)).toMatchObject([
      { amount_minor: 1299, tax_minor: 207 },
      { amount_minor: 0, tax_minor: 0, attempted_minor: 1999, currency: 'EUR' },
    ]);
    expect(data).toMatchObject({ price_minor: 1299, interval: 'month', renews_on: '2026-11-03' });
  });

  test.each(['5.50', '-5.50'])('refunded as %s: given back, and not the price', async (amount) => {
    const refund = { 'Pmt Txn Type': 'REFUND', 'Gross Sale Amt': amount, 'Tax Amt': '0.88' };
    const { charges, data } = await imported([{}, { ...refund, 'Transaction Date': '2026-10-09' }]);
    expect(charges).toEqual([1299, -550]);
    expect(data).toMatchObject({ price_minor: 1299, renews_on: '2026-11-03' });
  });

  test('that went back since: kept as paid, and not the price', async () => {
    const { charges, data } = await imported([
      {},
      { ...november, 'Gross Sale Amt': '19.99', 'Pmt Status': 'REVERSED' },
    ]);
    expect([charges, data?.['price_minor']]).toEqual([[1299, 1999], 1299]);
  });

  test('authorised and then taken: one payment; only authorised: a payment', async () => {
    const both = [
      { 'Pmt Txn Type': 'AUTH' },
      { 'Pmt Txn Type': 'CAPTURE', 'Transaction Date': '2026-10-04' },
    ];
    expect((await imported(both)).charges).toEqual([0, 1299]);
    expect((await imported([{ 'Pmt Txn Type': 'AUTH' }])).charges).toEqual([1299]);
  });

  test('beside another of the same day: both are charged, the greater is the plan’s, in either order', async () => {
    const bills = [{}, { Description: 'SUBSCRIPTION 2', 'Gross Sale Amt': '4.99' }];
    const keys: unknown[] = [];
    for (const order of [bills, bills.toReversed()]) {
      const { rig, charges, data } = await imported(order);
      keys.push(rig.sink.of('charges').map(({ key }) => key));
      expect([charges, data?.['price_minor']]).toEqual([[1299, 499], 1299]);
    }
    expect(keys[0]).toEqual(keys[1]);
  });

  test('for an extra member, later than the plan’s: charged, and not the price', async () => {
    const extra = { Description: 'EXTRA_MEMBER', 'Gross Sale Amt': '4.99', 'Transaction Date': '2026-10-09' };
    const { charges, data } = await imported([{}, extra]);
    expect([charges, data?.['price_minor']]).toEqual([[1299, 499], 1299]);
  });

  test('for seven days, later than that for a month: charged, and not the price', async () => {
    const part = {
      'Transaction Date': '2026-10-10',
      'Service Period Start Date': '2026-10-10',
      'Service Period End Date': '2026-10-17',
      'Gross Sale Amt': '1.75',
      'Next Billing Date': '2026-10-17',
    };
    const { charges, data } = await imported([part, {}]);
    expect(charges).toEqual([175, 1299]);
    expect(data).toMatchObject({ price_minor: 1299, interval: 'month', renews_on: '2026-10-17' });
  });

  test('that failed by its words, with a rule for what is settled: the rule counts', async () => {
    const settled = { column: 'Pmt Status', values: ['DECLINED'] };
    const { charges, data } = await imported([{}, { 'Pmt Status': 'DECLINED', 'Gross Sale Amt': '9.99' }], {
      settled,
    });
    expect([charges, data?.['price_minor']]).toEqual([[999], 999]);
  });

  test.each(['12.990', '1.2.3'])('of %s EUR, which can be read two ways: not read', async (amount) => {
    expect((await imported([{ 'Gross Sale Amt': amount }])).outcome).toMatchObject(
      failed('SCHEMA_DRIFT', 'bad_rows'),
    );
  });

  test.each([
    ['1,490', 'JPY', 1490],
    ['260.000,00', 'VND', 260000],
    ['3.500', 'KWD', 3500],
    ['1,350,000', 'KWD', 1350000000],
  ])('of %s %s: %s in minor units', async (amount, currency, minor) => {
    const { charges } = await imported([{ 'Gross Sale Amt': amount, Currency: currency, 'Tax Amt': '0' }]);
    expect(charges).toEqual([minor]);
  });
});
