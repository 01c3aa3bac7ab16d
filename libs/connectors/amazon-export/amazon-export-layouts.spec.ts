import { describe, expect, test } from '@jest/globals';
import { amazonFiles, cells, PERIODS, subscription, SUBSCRIPTIONS, VIEWS } from '../testing/amazon-files.js';
import { changed, outcomeOf, uploaded } from '../testing/amazon-uploads.js';
import { csv, zip, type ZipFile } from '../testing/index.js';

describe('a whole export', () => {
  test.each<[string, readonly ZipFile[]]>([
    [
      'nested deeper',
      amazonFiles().map((file) => ({ ...file, name: `Your Data/DEMO/${file.name.toUpperCase()}` })),
    ],
    [
      'with Windows separators',
      amazonFiles().map((file) => ({ ...file, name: file.name.replaceAll('/', '\\') })),
    ],
    [
      'with names that climb out',
      [...amazonFiles(), { name: '../../Digital.Subscriptions.9/Subscriptions.csv', text: 'hostile' }],
    ],
    [
      'with an older version of a folder',
      [{ name: 'Digital.Subscriptions.1/Subscriptions.csv', text: 'of an older layout' }, ...amazonFiles()],
    ],
    [
      'with a newer version that is empty',
      [...amazonFiles(), { name: 'Digital.Subscriptions.3/Subscriptions.txt', text: 'No data available.' }],
    ],
    [
      'made again on a Mac',
      [
        ...amazonFiles(),
        ...amazonFiles().map((file) => ({
          name: `__MACOSX/${file.name.replace(/([^/]+)$/, '._$1')}`,
          text: Buffer.from('00051607000200004d6163204f532058', 'hex'),
        })),
        { name: 'Digital.PrimeVideo.Viewinghistory.1/._View.csv', text: 'of a disk' },
      ],
    ],
    [
      'with goods by subscription',
      [
        ...amazonFiles(),
        { name: 'SubscribeAndSave.Subscriptions.1/Subscriptions.csv', text: 'productTitle' },
      ],
    ],
  ])('%s: read all the same', async (_, files) => {
    expect(await outcomeOf(zip(files))).toMatchObject({
      kind: 'succeeded',
      counts: { read: 38, rejected: 0 },
    });
  });

  test('with two versions of the viewing history: the higher is read', async () => {
    const view = (version: number, title: string): ZipFile => ({
      name: `Digital.PrimeVideo.ViewingHistory.${version}/Digital.PrimeVideo.ViewingHistory.${version}.csv`,
      text: csv(VIEWS, [cells(VIEWS, { 'Playback Hour': '05/11/2026 20:00:00', Title: title })]),
    });
    const { rig } = uploaded(zip([view(10, 'new'), view(9, 'old'), view(2, 'oldest')]));
    await rig.run();
    expect(rig.sink.of('usage')).toMatchObject([{ data: { item: 'new', country: null } }]);
  });

  test.each<[string, string | Buffer]>([
    ['0 bytes', ''],
    ['a header and no rows', csv(PERIODS, [])],
  ])('with periods of %s: charges by what the orders say', async (_, text) => {
    const { rig } = uploaded(zip(changed('Subscription Periods.csv', text)));
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { rejected: 0 } });
    expect(rig.sink.of('charges')[0]?.data).toMatchObject({ amount_minor: 899, period_start: null });
  });

  test('without the orders, which come in another ZIP: charges of unknown or planned amount', async () => {
    const files = amazonFiles().filter((file) => !file.name.startsWith('Digital-Ordering'));
    const { rig } = uploaded(zip(files));
    await rig.run();
    expect(rig.sink.of('charges')[5]?.data).toMatchObject({ amount_minor: null, confidence: 'low' });
    const header = ['BillingScheduleId', 'SubscriptionId', 'Amount', 'CurrencyCode', 'Frequency', 'Status'];
    const schedules = csv(header, [['BSDEMO1', 'SUBDEMO1', '8,99', 'EUR', 'Monthly', 'Active']]);
    const { rig: planned } = uploaded(zip([...files, { name: 'Billing Schedules.csv', text: schedules }]));
    await planned.run();
    expect(planned.sink.of('charges')[5]?.data).toMatchObject({
      amount_minor: 899,
      amount_source: 'billing_schedule',
      confidence: 'low',
    });
  });

  test('with columns added, moved and in another case: read by name', async () => {
    const header = [...SUBSCRIPTIONS].reverse().map((name) => name.toUpperCase());
    const row = [...subscription()].reverse();
    const text = csv(['Extra', ...header], [['x', ...row]]);
    const { rig } = uploaded(zip(changed('Subscriptions.csv', text)));
    await rig.run();
    expect(rig.sink.of('subscriptions')).toMatchObject([
      { data: { price_minor: 899, renews_on: '2026-11-10' } },
    ]);
  });

  test('with only Prime wanted: other subscriptions and their charges are left out', async () => {
    const periods = [
      { SubscriptionId: 'SUBDEMO1', OrderId: 'P' },
      { SubscriptionId: 'SUBDEMO2', OrderId: 'A' },
    ].map((row) =>
      cells(PERIODS, {
        ...row,
        PeriodStartDate: '2026-05-10',
        PeriodEndDate: '2026-06-10',
        ChargeCompleted: 'Yes',
      }),
    );
    const files = changed('Subscription Periods.csv', csv(PERIODS, periods)).filter(
      (file) => !file.name.startsWith('Digital-Ordering'),
    );
    const { rig } = uploaded(zip(files), { config: { include: 'prime' } });
    await rig.run();
    expect(rig.sink.of('subscriptions').map((record) => record.key)).toEqual(['SUBDEMO1']);
    expect(rig.sink.of('charges').map((record) => record.key)).toEqual(['P']);
  });

  test('as its one CSV: read by its header, whatever the name', async () => {
    const { rig } = uploaded(csv(SUBSCRIPTIONS, [subscription()]), { name: 'mine.csv' });
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 1 } });
  });
});
