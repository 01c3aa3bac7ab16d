import { describe, expect, test } from '@jest/globals';
import { amazonFiles, amazonZip, MONETARY } from '../testing/amazon-files.js';
import { outcomeOf, uploaded } from '../testing/amazon-uploads.js';
import { csv, zip, type ZipFile } from '../testing/index.js';
import { keptUploads } from '../testing/kept-uploads.js';
import { failed } from '../testing/uploads.js';
import { amazonExport } from './index.js';

const ORDER = 'D01-DEMO-1-2026-05-10';
type Component = readonly [amount: string, currency: string, code: string];

/** The two files of Amazon's folder, in the columns that public readers of it have. */
function returns(components: readonly Component[], order = ORDER, folder = ''): readonly ZipFile[] {
  const path = `${folder}Digital.Orders.Returns.2/Digital.Orders.Returns`;
  const money = ['DeliveryPacketId', 'TransactionAmount', 'BaseCurrencyCode', 'MonetaryComponentTypeCode'];
  return [
    {
      name: `${path}.Transaction.2.csv`,
      text: csv(['OrderId', 'DeliveryPacketId', 'ReturnDate'], [[order, 'DP1', '2026-05-20']]),
    },
    { name: `${path}.Monetary.2.csv`, text: csv(money, components.map((component) => ['DP1', ...component])) },
  ]; // prettier-ignore
}

async function chargesOf(...files: readonly ZipFile[]) {
  const { rig } = uploaded(zip([...amazonFiles({ months: 1 }), ...files]));
  expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { rejected: 0 } });
  return rig.sink.of('charges').map(({ data }) => data);
}

describe('a refund', () => {
  test.each<[string, readonly Component[]]>([
    ['a negative amount', [['-8.99', 'EUR', 'Refund']]],
    ['a positive amount', [['8.99', 'EUR', 'Price']]],
    ['price and tax', [['7.55', 'EUR', 'Price'], ['1.44', 'EUR', 'Tax']]],
  ])('as %s: a charge of its own that takes back what was paid', async (_, components) => {
    expect(await chargesOf(...returns(components))).toMatchObject([
      { amount_minor: 899, returned: true, occurred_on: '2026-05-10' },
      {
        amount_minor: -899,
        currency: 'EUR',
        occurred_on: '2026-05-20',
        status_raw: 'refund',
        subscription: 'SUBDEMO1',
        service: 'amazon_prime',
        confidence: 'medium',
      },
    ]);
  }); // prettier-ignore

  test('without the file of amounts: the charge stands, and is marked', async () => {
    const charges = await chargesOf(...returns([]).slice(0, 1));
    expect(charges).toMatchObject([{ amount_minor: 899, returned: true }]);
  });

  const credit: readonly Component[] = [['8.99', 'EUR', 'Price'], ['-8.99', 'EUR', 'Promotion']]; // prettier-ignore
  test('that gave back a credit and no money: the charge stands, and is marked, and nothing came back', async () => {
    expect(await chargesOf(...returns(credit))).toMatchObject([
      { amount_minor: 899, returned: true },
      { amount_minor: 0, status_raw: 'refund' },
    ]);
  });

  test('of money in one upload, and of a credit in the next: nothing came back', async () => {
    const kept = keptUploads(amazonExport);
    for (const components of [credit.slice(1), credit])
      await kept.brought(zip([...amazonFiles({ months: 1 }), ...returns(components)]));
    expect((await kept.charges()).map((row) => row.amountMinor)).toEqual([0, 899]);
  });

  test('of an order that is of no subscription: nobody’s business', async () => {
    const charges = await chargesOf(...returns([['-4.99', 'EUR', 'Refund']], 'D01-BOOK'));
    expect(charges).toMatchObject([{ amount_minor: 899, returned: null }]);
  });

  const booked = amazonFiles({ months: 1 }).map((file) => {
    const row = MONETARY.map((name) => ({ DigitalOrderItemId: 'ITEM-1-2026-05-10', TransactionAmount: '-8.99', BaseCurrencyCode: 'EUR', MonetaryComponentTypeCode: 'Refund' })[name] ?? ''); // prettier-ignore
    const more = `${row.join(',')}\r\n`;
    return file.name.endsWith('Monetary.csv') ? { ...file, text: `${String(file.text)}${more}` } : file;
  });

  test('that is among the components of the order already: not taken back twice', async () => {
    const { rig } = uploaded(zip([...booked, ...returns([['-8.99', 'EUR', 'Refund']])]));
    await rig.run();
    expect(rig.sink.of('charges').map(({ data }) => data['amount_minor'])).toEqual([0, 0]);
  });

  test.each<[string, readonly ZipFile[]]>([
    ['with the returns', returns([['-8.99', 'EUR', 'Refund']])],
    ['without returns', []],
  ])('that is so only in a later upload, %s: not taken back twice', async (_, again) => {
    const kept = keptUploads(amazonExport);
    await kept.brought(zip([...amazonFiles({ months: 1 }), ...returns([['-8.99', 'EUR', 'Refund']])]));
    await kept.brought(zip([...booked, ...again]));
    expect((await kept.charges()).map((row) => row.amountMinor)).toEqual([0, 0]);
  });

  test('in an upload, and then one without returns: it stays', async () => {
    const kept = keptUploads(amazonExport);
    await kept.brought(zip([...amazonFiles({ months: 1 }), ...returns([['-8.99', 'EUR', 'Refund']])]));
    await kept.brought(amazonZip({ months: 1, views: 31 }));
    expect((await kept.charges()).map((row) => row.amountMinor)).toEqual([-899, 899]);
  });

  test('in returns alone: nothing of subscriptions', async () => {
    const files = returns([['-8.99', 'EUR', 'Refund']]);
    expect(await outcomeOf(zip(files))).toMatchObject(failed('CONFIG', 'not_amazon'));
  });
});

test('one folder twice in a ZIP, as from a ZIP for each category: each component once', async () => {
  const files = amazonFiles({ months: 1 });
  const twice = ['Subscriptions/', 'Your Orders/'].flatMap((folder) => [
    ...files.map((file) => ({ ...file, name: `${folder}${file.name}` })),
    ...returns([['-4.00', 'EUR', 'Price']], ORDER, folder),
  ]);
  const { rig } = uploaded(zip(twice));
  await rig.run();
  expect(rig.sink.of('charges').map(({ data }) => data['amount_minor'])).toEqual([899, -400]);
});

test('two components of one kind in one file: both count', async () => {
  const name = 'Digital-Ordering.1/Digital Orders Monetary.csv';
  const files = amazonFiles({ months: 1 }).map((file) => {
    const lines = String(file.text).trimEnd().split('\r\n');
    return file.name === name ? { ...file, text: [...lines, lines[1]].join('\r\n') } : file;
  });
  const { rig } = uploaded(zip(files));
  await rig.run();
  expect(rig.sink.of('charges')).toMatchObject([{ data: { amount_minor: 1798 } }]);
});
