import { mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { MemoryVault } from '#lib/credentials';
import { DAY } from '#lib/domain/kernel';
import type { SyncOutcome } from '#lib/ports';
import { connectorConformance } from '../kit/testing/index.js';
import {
  BILLING,
  csv,
  netflixFiles,
  netflixZip,
  RecordingContext,
  Rig,
  viewingHistory,
  VIEWING,
  zip,
  type ZipFile,
} from '../testing/index.js';
import { createNetflixExport, netflixExport } from './index.js';

type Upload = string | Buffer | undefined;

function uploaded(
  content: Upload,
  more: { name?: string; config?: object; connector?: typeof netflixExport } = {},
) {
  const file = join(mkdtempSync(join(tmpdir(), 'netflix-')), more.name ?? 'export.zip');
  if (content !== undefined) writeFileSync(file, content);
  const rig = new Rig({
    connector: more.connector ?? netflixExport,
    config: { file, ...more.config },
    vault: new MemoryVault(),
  });
  return { rig, file };
}

const outcomeOf = async (content: Upload, more = {}): Promise<SyncOutcome> =>
  uploaded(content, more).rig.run();
const failed = (errorClass: string, code: string): object => ({
  kind: 'failed',
  failure: { class: errorClass, code },
});
const changed = (name: string, text: string | Buffer): readonly ZipFile[] => [
  ...netflixFiles().filter((file) => !file.name.endsWith(name)),
  { name, text },
];

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

  test('with 20,000 views: streamed in batches with progress', async () => {
    const { rig } = uploaded(netflixZip({ views: 20_000 }));
    const context = new RecordingContext();
    expect(await rig.run('incremental_sync', {}, context)).toMatchObject({
      kind: 'succeeded',
      counts: { read: 18_007 },
    });
    expect([Math.max(...rig.sink.batches), context.ticks.length, context.checkpoints.length]).toEqual([
      500, 4, 1,
    ]);
  });
});

describe('rows', () => {
  const bill = (date: string, amount: string): string[] =>
    BILLING.map(
      (name) => ({ 'Transaction Date': date, 'Gross Sale Amt': amount, Currency: 'EUR' })[name] ?? '',
    );
  const bills = (good: number, bad: number): string =>
    csv(BILLING, [
      ...Array.from({ length: good }, (_, at) =>
        bill(`2020-01-${String((at % 28) + 1).padStart(2, '0')}`, '1.00'),
      ),
      ...Array.from({ length: bad }, () => bill('soon', 'free')),
    ]);

  test('a few unreadable: counted, the rest imported', async () => {
    expect(await outcomeOf(zip([{ name: 'BillingHistory.csv', text: bills(28, 2) }]))).toMatchObject({
      kind: 'succeeded',
      counts: { read: 30, rejected: 2 },
    });
  });

  test.each([
    [20, 10],
    [0, 3],
  ])('%s good and %s unreadable: the format has changed', async (good, bad) => {
    expect(await outcomeOf(zip([{ name: 'BillingHistory.csv', text: bills(good, bad) }]))).toMatchObject(
      failed('SCHEMA_DRIFT', 'bad_rows'),
    );
  });

  test('with too many or too few cells: counted as unreadable', async () => {
    const rows = Array.from({ length: 30 }, (_, at) => `Show ${at},2026-01-13`);
    const text = ['Title,Date', ...rows, 'one cell', 'a,b,c'].join('\n');
    expect(await outcomeOf(text, { name: 'h.csv' })).toMatchObject({
      kind: 'succeeded',
      counts: { read: 32, rejected: 2 },
    });
  });

  test('with a quote that never closes: told, not hung', async () => {
    const text = `Title,Date\n"open,2026-01-13\n${'x,2026-01-13\n'.repeat(200_000)}`;
    expect(await outcomeOf(text, { name: 'h.csv' })).toMatchObject({
      kind: 'failed',
      failure: { class: 'SCHEMA_DRIFT' },
    });
  });
});

describe('an upload that is no good', () => {
  const mismatched = createNetflixExport({ maxEntries: 4 });
  test.each<[string, Upload, object, object]>([
    ['0 bytes', '', {}, failed('CONFIG', 'file_empty')],
    ['a PDF', '%PDF-1.7', {}, failed('CONFIG', 'not_csv')],
    ['a web page', '<!doctype html><title>Sign in', {}, failed('CONFIG', 'not_csv')],
    ['binary', Buffer.from([1, 0, 2, 0]), {}, failed('CONFIG', 'not_csv')],
    ['half a ZIP', netflixZip({ views: 500 }).subarray(0, 3_000), {}, failed('CONFIG', 'zip_broken')],
    ['an empty ZIP', zip([]), {}, failed('CONFIG', 'not_netflix')],
    [
      "another provider's ZIP",
      zip([{ name: 'Payments.json', text: '{}' }]),
      {},
      failed('CONFIG', 'not_netflix'),
    ],
    [
      'a ZIP with a password',
      zip([{ name: 'BillingHistory.csv', text: 'x', encrypted: true }]),
      {},
      failed('CONFIG', 'zip_encrypted'),
    ],
    ['too many entries', netflixZip(), { connector: mismatched }, failed('CONFIG', 'zip_entries')],
    [
      'too large a file',
      netflixZip(),
      { connector: createNetflixExport({ maxFileBytes: 100 }) },
      failed('CONFIG', 'file_size'),
    ],
    [
      'too much unpacked',
      netflixZip(),
      { connector: createNetflixExport({ maxUnpackedBytes: 1000 }) },
      failed('CONFIG', 'zip_size'),
    ],
    [
      'a zip bomb',
      zip([{ name: 'ViewingActivity.csv', text: Buffer.alloc(20_000_000, 48) }]),
      {},
      failed('CONFIG', 'zip_ratio'),
    ],
    [
      'a missing column',
      zip(changed('ViewingActivity.csv', csv(['Profile Name', 'Title'], []))),
      {},
      failed('SCHEMA_DRIFT', 'columns_missing'),
    ],
    [
      'a localised header in the ZIP',
      zip(changed('ViewingActivity.csv', 'Profilnaam,Starttijd,Duur,Titel\na,b,c,d')),
      {},
      failed('SCHEMA_DRIFT', 'columns_missing'),
    ],
    [
      'a bare CSV with a localised header',
      'Titel,Datum\nx,24.01.2023',
      { name: 'h.csv' },
      failed('SCHEMA_DRIFT', 'columns_unknown'),
    ],
    [
      'settings that are wrong',
      netflixZip(),
      { config: { dateFormat: 'guess' } },
      failed('CONFIG', 'config_invalid'),
    ],
  ])('%s: says so, and stores no state', async (_, content, more, expected) => {
    const { rig } = uploaded(content, more);
    const outcome = await rig.run();
    expect(outcome).toMatchObject(expected);
    expect(JSON.stringify(outcome)).not.toContain(tmpdir());
    expect(rig.state).toBeUndefined();
    expect(await rig.engine.checkConnection('default', 'connection-1')).toMatchObject({ ok: false });
  });

  test('a ZIP that unpacks to more than it claims: refused while reading', async () => {
    const text = csv(VIEWING, []) + 'x\n'.repeat(5_000);
    expect(await outcomeOf(zip([{ name: 'ViewingActivity.csv', text, claimedBytes: 300 }]))).toMatchObject({
      kind: 'failed',
    });
  });

  test('not there yet: waits for it, and reads it once it is', async () => {
    const { rig, file } = uploaded(undefined);
    expect(await rig.run()).toMatchObject({
      kind: 'snoozed',
      class: 'DATA_NOT_READY',
      message: expect.stringContaining('getmyinfo'),
    });
    writeFileSync(file, netflixZip());
    expect(await rig.run()).toMatchObject({ kind: 'succeeded' });
  });

  test('imported before and old: asks for a fresh one', async () => {
    const { rig, file } = uploaded(netflixZip(), { config: { staleAfterDays: 30 } });
    const old = (rig.clock.instant - 31 * DAY) / 1000;
    utimesSync(file, old, old);
    expect(await rig.run()).toMatchObject({ kind: 'succeeded' });
    expect(await rig.run()).toMatchObject({ kind: 'snoozed', class: 'DATA_NOT_READY' });
  });
});

describe('a viewing history', () => {
  const run = async (dates: readonly string[], config: object = {}) => {
    const { rig } = uploaded(viewingHistory(dates.map((date) => ['The Demo', date])), {
      name: 'NetflixViewingHistory.csv',
      config,
    });
    const outcome = await rig.run();
    return { outcome, dates: rig.sink.of('usage').map((record) => record.data['occurred_at']) };
  };

  test.each([
    [
      ['24.01.23', '01.02.23'],
      ['2023-01-24', '2023-02-01'],
    ],
    [['2021-12-15'], ['2021-12-15']],
    [
      ['12/04/2022', '13/04/2022'],
      ['2022-04-12', '2022-04-13'],
    ],
    [
      ['4/21/25', '4/1/25'],
      ['2025-04-21', '2025-04-01'],
    ],
    [['2021. 12. 15.'], ['2021-12-15']],
  ])('dated %p: the order is inferred', async (texts, expected) => {
    expect(await run(texts)).toMatchObject({ outcome: { kind: 'succeeded' }, dates: expected });
  });

  test.each([
    [['4/1/25', '5/2/25'], 'dates_ambiguous'],
    [['13/1/25', '1/13/25'], 'dates_mixed'],
  ])('dated %p: never guessed', async (texts, code) => {
    expect((await run(texts)).outcome).toMatchObject(failed('CONFIG', code));
  });

  test('dated ambiguously with the format set: read by it', async () => {
    expect((await run(['4/1/25'], { dateFormat: 'month-first' })).dates).toEqual(['2025-04-01']);
    expect((await run(['4/1/25'], { dateFormat: 'day-first' })).dates).toEqual(['2025-01-04']);
  });

  test('with a title seen twice on one day: two views, and the same two the next time', async () => {
    const { rig } = uploaded(
      viewingHistory([
        ['A', '24.01.23'],
        ['A', '24.01.23'],
        ['B', '24.01.23'],
      ]),
      { name: 'h.csv', config: { profile: 'Kid' } },
    );
    await rig.run();
    await rig.run('full_sync');
    expect(rig.sink.of('usage').map((record) => record.key)).toEqual([
      'Kid|2023-01-24|A|0',
      'Kid|2023-01-24|A|1',
      'Kid|2023-01-24|B|0',
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
