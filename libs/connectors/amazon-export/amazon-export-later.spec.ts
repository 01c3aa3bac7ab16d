import { describe, expect, test } from '@jest/globals';
import {
  amazonFiles,
  amazonZip,
  cells,
  PERIODS,
  subscription,
  SUBSCRIPTIONS,
} from '../testing/amazon-files.js';
import { changed } from '../testing/amazon-uploads.js';
import { csv, zip } from '../testing/index.js';
import { keptUploads } from '../testing/kept-uploads.js';
import { amazonExport } from './index.js';

type Told = Readonly<Record<string, string>>;
const listing = (...rows: readonly Told[]): Buffer =>
  zip(changed('Subscriptions.csv', csv(SUBSCRIPTIONS, rows.map(subscription))));
/** An export of so many months that lists one subscription. */
const withList = (months: number, row: Told): Buffer =>
  zip(
    amazonFiles({ months }).map((file) =>
      file.name.endsWith('/Subscriptions.csv')
        ? { ...file, text: csv(SUBSCRIPTIONS, [subscription(row)]) }
        : file,
    ),
  );
const AUDIBLE = { SubscriptionId: 'SUBDEMO2', ServiceProvider: 'Audible', NextBillAmount: '9.95' };

describe('after one export another', () => {
  test.each(['incremental_sync', 'full_sync'] as const)(
    'that is older, by %s: nothing of today goes back to what was then',
    async (operation) => {
      const kept = keptUploads(amazonExport);
      await kept.brought(amazonZip({ months: 6, price: '9.99', status: 'Cancelled' }));
      const before = [await kept.subscriptions(), await kept.charges()];
      await kept.brought(amazonZip({ months: 3, price: '8.99' }), operation);
      const facts = (rows: readonly object[] | undefined): unknown =>
        rows?.map((row) => ({ ...row, lastSeen: 0 }));
      expect(facts(await kept.subscriptions())).toEqual(facts(before[0]));
      expect(facts(await kept.charges())).toEqual(facts(before[1]));
      expect(await kept.subscriptions()).toMatchObject([
        { status: 'cancelled', priceMinor: 999, renewsOn: null, asOf: '2026-10-10' },
        {},
      ]);
    },
  );

  test('in which the subscription is active again: it ends on no day, also after the first once more', async () => {
    const kept = keptUploads(amazonExport);
    const ended = withList(3, {
      SubscriptionStatus: 'Cancelled',
      SubscriptionStatusDate: '2026-06-15',
      BillingPeriodStartDate: '2026-06-10',
      ContractEndDate: '2026-07-10',
      Autorenew: 'No',
    });
    await kept.brought(ended);
    expect(await kept.subscriptions()).toMatchObject([{ status: 'cancelled', endedOn: '2026-07-10' }]);
    const again = { SubscriptionStatusDate: '2026-09-01', NextBillDate: '2026-12-10' };
    const active = [{ status: 'active', autoRenew: true, endedOn: null, renewsOn: '2026-12-10' }];
    await kept.brought(listing(again));
    expect(await kept.subscriptions()).toMatchObject(active);
    await kept.brought(ended);
    expect(await kept.subscriptions()).toMatchObject(active);
  });

  test('in which the subscription is cancelled: it renews on no day', async () => {
    const kept = keptUploads(amazonExport);
    await kept.brought(listing({}));
    await kept.brought(listing({ SubscriptionStatus: 'Cancelled', SubscriptionStatusDate: '2026-10-20' }));
    expect(await kept.subscriptions()).toMatchObject([{ status: 'cancelled', renewsOn: null }]);
  });

  test('that is older, with no day in the list of either: price and state stay', async () => {
    const kept = keptUploads(amazonExport);
    const undated = { SubscriptionStatusDate: 'N/A', BillingPeriodStartDate: 'N/A' };
    await kept.brought(withList(6, { ...undated, SubscriptionStatus: 'Cancelled', NextBillAmount: '9.99' }));
    const told = [{ status: 'cancelled', priceMinor: 999, asOf: '2026-10-10' }];
    expect(await kept.subscriptions()).toMatchObject(told);
    await kept.brought(withList(3, { ...undated, NextBillAmount: '8.99' }));
    expect(await kept.subscriptions()).toMatchObject(told);
    await kept.brought(withList(7, { ...undated, NextBillAmount: '8.99' }));
    expect(await kept.subscriptions()).toMatchObject([{ status: 'active', priceMinor: 899 }]);
  });

  test('that has a day to come in it: no newer one is kept out', async () => {
    const kept = keptUploads(amazonExport);
    await kept.brought(listing({ SubscriptionStatusDate: '2027-03-01' }));
    await kept.brought(listing({ BillingPeriodStartDate: '2026-11-10', NextBillAmount: '9.99' }));
    expect(await kept.subscriptions()).toMatchObject([{ priceMinor: 999, asOf: '2026-11-10' }]);
  });

  describe('in which a subscription is not listed', () => {
    const gone = async (kept: ReturnType<typeof keptUploads>): Promise<unknown> =>
      (await kept.subscriptions()).map((row) => [row.key, row.goneSince !== null]);

    test('any more: gone, and back when it is listed again', async () => {
      const kept = keptUploads(amazonExport);
      await kept.brought(listing({}, AUDIBLE));
      await kept.brought(listing({}));
      expect(await gone(kept)).toEqual([['SUBDEMO1', false], ['SUBDEMO2', true]]); // prettier-ignore
      await kept.brought(listing({}, AUDIBLE));
      expect(await gone(kept)).toEqual([['SUBDEMO1', false], ['SUBDEMO2', false]]); // prettier-ignore
    });

    test('as one row of the list is unreadable: kept', async () => {
      const kept = keptUploads(amazonExport);
      await kept.brought(listing({}, AUDIBLE));
      await kept.brought(listing({}, { ...AUDIBLE, NextBillAmount: 'much' }));
      expect(await gone(kept)).toEqual([['SUBDEMO1', false], ['SUBDEMO2', false]]); // prettier-ignore
    });

    test('as the export has no list: kept', async () => {
      const kept = keptUploads(amazonExport);
      await kept.brought(listing({}, AUDIBLE));
      await kept.brought(zip(amazonFiles().filter((file) => !file.name.startsWith('Digital.Subscriptions'))));
      expect(await gone(kept)).toEqual([['SUBDEMO1', false], ['SUBDEMO2', false]]); // prettier-ignore
    });

    const older = withList(3, { BillingPeriodStartDate: '2026-07-10' });

    test('as the export is older: kept', async () => {
      const kept = keptUploads(amazonExport);
      await kept.brought(amazonZip({ months: 6 }));
      await kept.brought(older);
      expect(await gone(kept)).toEqual([['SUBDEMO1', false], ['SUBDEMO2', false]]); // prettier-ignore
    });

    test('as the export is older, read by a schedule that knows no other, and by it again: kept', async () => {
      const kept = keptUploads(amazonExport);
      await kept.brought(amazonZip({ months: 6 }));
      kept.anew();
      await kept.brought(older);
      await kept.brought(older, 'full_sync');
      expect(await gone(kept)).toEqual([['SUBDEMO1', false], ['SUBDEMO2', false]]); // prettier-ignore
    });
  });
});

test('orders that go further, and then the list of subscriptions: its ends and renewals are taken', async () => {
  const isOrders = (name: string): boolean => name.startsWith('Digital-Ordering');
  const orders = zip(amazonFiles({ months: 7 }).filter(({ name }) => isOrders(name)));
  const lists = zip(amazonFiles({ months: 6 }).filter(({ name }) => !isOrders(name)));
  const kept = keptUploads(amazonExport);
  for (const upload of [orders, lists, orders]) await kept.brought(upload);
  const told = [{ renewsOn: '2026-11-10' }, { key: 'SUBDEMO2', endedOn: '2026-06-30' }];
  expect(await kept.subscriptions()).toMatchObject(told);
  const prime = { BillingPeriodStartDate: '2026-11-10', NextBillDate: '2026-12-10' };
  await kept.brought(listing(prime));
  expect(await kept.subscriptions()).toMatchObject([
    { renewsOn: '2026-12-10', goneSince: null },
    { key: 'SUBDEMO2', goneSince: expect.any(Number) },
  ]);
});

test('periods and orders in two uploads, either first: what was booked counts', async () => {
  const isOrders = (name: string): boolean => name.startsWith('Digital-Ordering');
  const schedules = {
    name: 'Digital.Subscriptions.2/Billing Schedules.csv',
    text: csv(['SubscriptionId', 'Amount', 'CurrencyCode'], [['SUBDEMO1', '7.77', 'EUR']]),
  };
  const orders = zip(amazonFiles({ months: 2 }).filter(({ name }) => isOrders(name)));
  const periods = zip([...amazonFiles({ months: 2 }).filter(({ name }) => !isOrders(name)), schedules]);
  for (const uploads of [
    [orders, periods],
    [periods, orders],
  ]) {
    // prettier-ignore
    const kept = keptUploads(amazonExport);
    for (const upload of uploads) await kept.brought(upload);
    expect(await kept.charges()).toMatchObject([
      { amountMinor: 899, periodEnd: '2026-07-10', extra: { subscription: 'SUBDEMO1' } },
      { amountMinor: 899, periodEnd: '2026-06-10', extra: { subscription: 'SUBDEMO1' } },
    ]);
  }
});

test('charges of Prime and of another subscription: each says whose it is, and of which service', async () => {
  const kept = keptUploads(amazonExport);
  const paid = (subscriptionId: string, start: string): readonly string[] =>
    cells(PERIODS, {
      SubscriptionId: subscriptionId,
      PeriodStartDate: start,
      PeriodEndDate: '2026-11-10',
      ChargeCompleted: 'Yes',
      OrderId: `O-${start}`,
    });
  const periods = [paid('SUBDEMO1', '2026-10-10'), paid('SUBDEMO2', '2026-10-12')];
  await kept.brought(
    zip([
      ...changed('Subscription Periods.csv', csv(PERIODS, periods)).filter(
        ({ name }) => !name.startsWith('Digital-Ordering') && !name.endsWith('/Subscriptions.csv'),
      ),
      {
        name: 'Digital.Subscriptions.2/Subscriptions.csv',
        text: csv(SUBSCRIPTIONS, [subscription(), subscription(AUDIBLE), subscription({ SubscriptionId: 'X', ServiceProvider: 'N/A' })]), // prettier-ignore
      },
    ]),
  );
  expect((await kept.subscriptions()).map((row) => [row.key, row.extra['service']])).toEqual([
    ['SUBDEMO1', 'amazon_prime'],
    ['SUBDEMO2', 'audible'],
    ['X', 'amazon'],
  ]);
  expect((await kept.charges()).map(({ extra }) => [extra['subscription'], extra['service']])).toEqual([
    ['SUBDEMO2', 'audible'],
    ['SUBDEMO1', 'amazon_prime'],
  ]);
});
