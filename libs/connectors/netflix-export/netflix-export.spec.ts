import { writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { connectorConformance } from '../kit/testing/index.js';
import { csv, netflixFiles, netflixZip, RecordingContext, VIEWING, zip } from '../testing/index.js';
import { changed, outcomeOf, uploaded } from '../testing/netflix-uploads.js';
import { netflixExport } from './index.js';

describe('a whole export', () => {
  test('imported: subscription with price and renewal, charges, views without trailers', async () => {
    const { rig } = uploaded(netflixZip());
    expect(await rig.run()).toMatchObject({
      kind: 'succeeded',
      counts: { read: 43, written: 43, rejected: 0 },
    });
    expect(rig.sink.of('subscriptions')).toMatchObject([
      {
        key: '2026-05-03 10:00:00',
        data: {
          plan: 'STANDARD',
          status: 'active',
          price_minor: 1299,
          currency: 'EUR',
          interval: 'month',
          renews_on: '2026-11-03',
          started_on: '2026-05-03',
        },
      },
    ]);
    expect(rig.sink.of('charges')[0]?.data).toMatchObject({
      occurred_on: '2026-05-03',
      amount_minor: 1299,
      tax_minor: 207,
      method_last4: '0000',
    });
    expect(rig.sink.of('usage')).toHaveLength(36);
    expect(rig.sink.of('usage')[0]?.data).toMatchObject({
      occurred_at: '2026-05-04T18:00:00Z',
      amount: 2520,
      unit: 's',
    });
    expect(JSON.stringify([...rig.sink.records])).not.toContain('demo@example.invalid');
  });

  test('imported twice: success with 0 records; in full: everything again on the same keys', async () => {
    const { rig } = uploaded(netflixZip());
    await rig.run();
    const [rows, state] = [rig.sink.records.size, rig.state];
    expect(await rig.run()).toEqual({
      kind: 'succeeded',
      counts: { read: 0, written: 0, rejected: 0 },
      state,
    });
    expect(await rig.run('full_sync')).toMatchObject({ counts: { read: rows } });
    expect(rig.sink.records.size).toBe(rows);
  });

  test('replaced by a newer one: only the new rows are new', async () => {
    const { rig, file } = uploaded(netflixZip({ months: 5 }));
    await rig.run();
    writeFileSync(file, netflixZip({ months: 6 }));
    await rig.run();
    expect(rig.sink.of('charges')).toHaveLength(6);
    expect(rig.sink.of('subscriptions')).toMatchObject([{ data: { renews_on: '2026-11-03' } }]);
  });

  test('each bill listed twice: one charge each', async () => {
    expect(await outcomeOf(netflixZip({ doubled: true }))).toMatchObject({
      kind: 'succeeded',
      counts: { read: 43 },
    });
  });

  test.each([
    [
      'folders of another vintage',
      netflixFiles().map((file) => ({ ...file, name: `12345/${file.name.toLowerCase()}` })),
    ],
    [
      'Windows separators',
      netflixFiles().map((file) => ({ ...file, name: file.name.replaceAll('/', '\\') })),
    ],
    [
      'names that climb out',
      [
        ...netflixFiles(),
        { name: '../../ViewingActivity.csv', text: 'hostile' },
        { name: '/BillingHistory.csv', text: '' },
      ],
    ],
    ['files that we do not know', [...netflixFiles(), { name: 'DEVICES/Devices.csv', text: '\0' }]],
  ])('with %s: read all the same', async (_, files) => {
    expect(await outcomeOf(zip(files))).toMatchObject({
      kind: 'succeeded',
      counts: { read: 43, rejected: 0 },
    });
  });

  test.each([
    [
      'a .txt in place of a .csv',
      changed('ViewingActivity.csv', '').map((f) =>
        f.text === '' ? { ...f, name: 'ViewingActivity.txt', text: 'No data' } : f,
      ),
    ],
    ['a file of 0 bytes', changed('ViewingActivity.csv', '')],
    ['a header and no rows', changed('ViewingActivity.csv', csv(VIEWING, []))],
  ])('with %s: an empty stream', async (_, files) => {
    const { rig } = uploaded(zip(files));
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { rejected: 0 } });
    expect([rig.sink.of('usage').length, rig.sink.of('charges').length]).toEqual([0, 6]);
  });

  test('with columns added, moved and bare: read by name', async () => {
    const row = 'x,"DE (Germany)",The Demo,00:10:00,2026-05-01 10:00:00,Demo';
    const text = `Extra Column,Country,TITLE,Duration,Start Time, Profile Name \n${row}\n\n`;
    const { rig } = uploaded(zip(changed('ViewingActivity.csv', text)));
    await rig.run();
    expect(rig.sink.of('usage')).toMatchObject([
      { key: 'Demo|2026-05-01T10:00:00Z|The Demo', data: { country: 'DE (Germany)', amount: 600 } },
    ]);
  });

  test('with a plan change, an older subscription and a closed account: one row each, by status', async () => {
    const header =
      'Subscription Opened Ts,Subscription Closed Ts,Signup Plan Category,Plan Change Date,Plan Change New Category';
    const rows = [
      '2024-01-01 00:00:00,2024-06-01 00:00:00,BASIC,,',
      '2025-01-01 00:00:00,,BASIC,2025-03-01,PREMIUM',
      '2025-01-01 00:00:00,,BASIC,2025-02-01,STANDARD',
    ];
    const { rig } = uploaded(zip(changed('SubscriptionHistory.csv', [header, ...rows].join('\r\n'))));
    await rig.run();
    expect(rig.sink.of('subscriptions')).toMatchObject([
      {
        key: '2024-01-01 00:00:00',
        data: { plan: 'BASIC', status: 'cancelled', ended_on: '2024-06-01', price_minor: null },
      },
      { key: '2025-01-01 00:00:00', data: { plan: 'PREMIUM', status: 'active', price_minor: 1299 } },
    ]);
  });

  test('with a rule for what is settled: other bills are left out', async () => {
    const settled = { column: 'Pmt Status', values: ['PAID'] };
    expect(await outcomeOf(netflixZip(), { config: { settled } })).toMatchObject({ counts: { read: 37 } });
  });

  test('with 20,000 views: judged and then streamed in batches, with progress', async () => {
    const { rig } = uploaded(netflixZip({ views: 20_000 }));
    const context = new RecordingContext();
    expect(await rig.run('incremental_sync', {}, context)).toMatchObject({
      kind: 'succeeded',
      counts: { read: 18_007 },
    });
    expect([Math.max(...rig.sink.batches), context.ticks.length, context.checkpoints.length]).toEqual([
      500, 8, 1,
    ]);
  });
});

test('held against the contract: nothing is missing', async () => {
  const { rig } = uploaded(netflixZip());
  const { rig: empty } = uploaded('');
  const { rig: none } = uploaded(undefined);
  const missing = await connectorConformance(netflixExport, {
    good: (overrides) => rig.context(overrides),
    broken: [
      { name: 'an empty file', class: 'CONFIG', context: (overrides) => empty.context(overrides) },
      { name: 'no file yet', class: 'DATA_NOT_READY', context: (overrides) => none.context(overrides) },
    ],
    canaries: ['demo@example.invalid'],
  });
  expect(missing).toEqual([]);
});
