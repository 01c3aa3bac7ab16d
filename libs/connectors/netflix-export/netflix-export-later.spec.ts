import { describe, expect, test } from '@jest/globals';
import { keptUploads } from '../testing/kept-uploads.js';
import { netflixFiles, netflixZip, viewingHistory, zip } from '../testing/index.js';
import { changed } from '../testing/netflix-uploads.js';
import { failed } from '../testing/uploads.js';
import { netflixExport } from './index.js';

const HISTORY = 'Subscription Opened Ts,Subscription Closed Ts,Signup Plan Category';
const history = (...rows: readonly string[]): Buffer =>
  zip(changed('SubscriptionHistory.csv', [HISTORY, ...rows].join('\r\n')));

describe('after one export another', () => {
  test.each(['incremental_sync', 'full_sync'] as const)(
    'that is older, by %s: nothing of today goes back to what was then',
    async (operation) => {
      const kept = keptUploads(netflixExport);
      await kept.brought(
        netflixZip({ months: 6, price: '13.99', plan: 'PREMIUM', membership: 'FORMER_MEMBER' }),
      );
      const before = [await kept.subscriptions(), await kept.charges()];
      expect(await kept.brought(netflixZip({ months: 3, price: '12.99' }), operation)).toMatchObject({
        kind: 'succeeded',
      });
      const facts = (rows: readonly object[] | undefined): unknown =>
        rows?.map((row) => ({ ...row, lastSeen: 0 }));
      expect(facts(await kept.subscriptions())).toEqual(facts(before[0]));
      expect(facts(await kept.charges())).toEqual(facts(before[1]));
      expect(await kept.subscriptions()).toMatchObject([
        { plan: 'PREMIUM', status: 'cancelled', priceMinor: 1399, asOf: '2026-10-03', renewsOn: null },
      ]);
    },
  );

  test('that is newer: taken, the charges of before with what it corrects', async () => {
    const kept = keptUploads(netflixExport);
    await kept.brought(netflixZip({ months: 3, price: '12.99' }));
    await kept.brought(netflixZip({ months: 4, price: '13.99', plan: 'PREMIUM' }));
    expect(await kept.subscriptions()).toMatchObject([{ plan: 'PREMIUM', asOf: '2026-08-03' }]);
    expect((await kept.charges()).map((row) => row.amountMinor)).toEqual([1399, 1399, 1399, 1399]);
  });

  test('that has a day to come in it: no newer one is kept out', async () => {
    const kept = keptUploads(netflixExport);
    await kept.brought(history('2026-05-03 10:00:00,2026-12-31 00:00:00,BASIC'));
    await kept.brought(netflixZip({ months: 7 }));
    expect(await kept.subscriptions()).toMatchObject([{ plan: 'STANDARD', asOf: '2026-11-03' }]);
  });

  test('in which the subscription lives again: it ended on no day', async () => {
    const kept = keptUploads(netflixExport);
    const ended = changed(
      'SubscriptionHistory.csv',
      [HISTORY, '2026-05-03 10:00:00,2026-10-05 00:00:00,BASIC'].join('\r\n'),
    );
    await kept.brought(zip(ended.map((file) => file.name.endsWith('AccountDetails.csv') ? { ...file, text: 'Membership Status\r\nFORMER_MEMBER' } : file))); // prettier-ignore
    expect(await kept.subscriptions()).toMatchObject([{ status: 'cancelled', endedOn: '2026-10-05' }]);
    await kept.brought(netflixZip({ months: 7 }));
    expect(await kept.subscriptions()).toMatchObject([
      { status: 'active', endedOn: null, renewsOn: '2026-12-03' },
    ]);
  });

  test('that was asked for before it, and is the first to list subscriptions: ends and renewals are taken', async () => {
    const kept = keptUploads(netflixExport);
    await kept.brought(viewingHistory([['Placeholder Nights', '2026-11-19']]));
    const ended = '2019-01-01 10:00:00,2020-05-05 00:00:00,BASIC';
    const upload = zip(changed('SubscriptionHistory.csv', [HISTORY, ended, '2026-05-03 10:00:00,,STANDARD'].join('\r\n'))); // prettier-ignore
    await kept.brought(upload);
    expect(await kept.subscriptions()).toMatchObject([
      { key: '2019-01-01 10:00:00', endedOn: '2020-05-05' },
      { status: 'active', endedOn: null, renewsOn: '2026-11-03' },
    ]);
  });

  test('that lists the subscription, which the first did not: one that is there, not two', async () => {
    const kept = keptUploads(netflixExport);
    const without = netflixFiles().filter((file) => !file.name.endsWith('SubscriptionHistory.csv'));
    await kept.brought(zip(without));
    await kept.brought(netflixZip({ months: 7 }));
    const there = (await kept.subscriptions()).filter((row) => row.goneSince === null);
    expect(there.map((row) => row.key)).toEqual(['2026-05-03 10:00:00']);
  });

  test('of which a file cannot be read: nothing of it is taken', async () => {
    const kept = keptUploads(netflixExport);
    await kept.brought(netflixZip({ months: 3, price: '12.99' }));
    const before = [await kept.subscriptions(), await kept.charges()];
    const newer = netflixFiles({ months: 6, price: '13.99', plan: 'PREMIUM' }).map((file) =>
      file.name.endsWith('ViewingActivity.csv') ? { ...file, text: 'Profielnaam,Begintijd\nx,y' } : file,
    );
    expect(await kept.brought(zip(newer))).toMatchObject(failed('SCHEMA_DRIFT', 'columns_missing'));
    expect([await kept.subscriptions(), await kept.charges()]).toEqual(before);
  });
});

test('charges of an ended and of a living subscription: each says whose it is', async () => {
  const kept = keptUploads(netflixExport);
  await kept.brought(
    history('2026-05-01 00:00:00,2026-06-30 00:00:00,BASIC', '2026-08-01 10:00:00,,STANDARD'),
  );
  expect((await kept.charges()).map((row) => [row.occurredOn, row.extra['subscription'] ?? null])).toEqual([
    ['2026-10-03', '2026-08-01 10:00:00'],
    ['2026-09-03', '2026-08-01 10:00:00'],
    ['2026-08-03', '2026-08-01 10:00:00'],
    ['2026-07-03', null],
    ['2026-06-03', '2026-05-01 00:00:00'],
    ['2026-05-03', '2026-05-01 00:00:00'],
  ]);
});
