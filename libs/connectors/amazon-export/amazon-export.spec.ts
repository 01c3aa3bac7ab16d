import { mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { MemoryVault } from '#lib/credentials';
import { DAY } from '#lib/domain/kernel';
import type { SyncOutcome } from '#lib/ports';
import { ImportFiles, type Message } from '../kit/index.js';
import { connectorConformance } from '../kit/testing/index.js';
import {
  amazonFiles,
  amazonZip,
  cells,
  ITEMS,
  PERIODS,
  subscription,
  SUBSCRIPTIONS,
  VIEWS,
} from '../testing/amazon-files.js';
import { csv, Rig, zip, type ZipFile } from '../testing/index.js';
import { amazonExport, createAmazonExport } from './index.js';

type Upload = string | Buffer | undefined;
type More = { name?: string; config?: object; connector?: typeof amazonExport };

function uploaded(content: Upload, more: More = {}) {
  const file = join(mkdtempSync(join(tmpdir(), 'amazon-')), more.name ?? 'amazon.zip');
  if (content !== undefined) writeFileSync(file, content);
  const config = { file, ...more.config };
  const rig = new Rig({ connector: more.connector ?? amazonExport, config, vault: new MemoryVault() });
  return { rig, file };
}

const outcomeOf = async (content: Upload, more: More = {}): Promise<SyncOutcome> =>
  uploaded(content, more).rig.run();
const failed = (errorClass: string, code: string): object => ({
  kind: 'failed',
  failure: { class: errorClass, code },
});
const changed = (name: string, text: string | Buffer): readonly ZipFile[] => [
  ...amazonFiles().filter((file) => !file.name.endsWith(`/${name}`)),
  { name: `Digital.Subscriptions.2/${name}`, text },
];

describe('a whole export', () => {
  test('imported: Prime with price and renewal, another subscription beside it, charges by period, views', async () => {
    const { rig } = uploaded(amazonZip());
    const counts = { read: 38, written: 38, rejected: 0 };
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts });
    expect(rig.sink.of('subscriptions')).toMatchObject([
      {
        key: 'SUBDEMO1',
        data: {
          plan: 'Amazon Prime 1 Month',
          prime: true,
          status: 'active',
          price_minor: 899,
          currency: 'EUR',
          interval: 'month',
          renews_on: '2026-11-10',
          auto_renew: true,
          started_on: '2024-01-10',
          ended_on: null,
          as_of: '2026-10-10',
          confidence: 'high',
        },
      },
      {
        key: 'SUBDEMO2',
        data: {
          service: 'Audible',
          prime: false,
          status: 'cancelled',
          price_minor: null,
          ended_on: '2026-06-30',
        },
      },
    ]);
    expect(rig.sink.of('charges')).toHaveLength(6);
    expect(rig.sink.of('charges')[0]).toMatchObject({
      key: 'D01-DEMO-1-2026-05-10',
      data: {
        occurred_on: '2026-05-10',
        amount_minor: 899,
        tax_minor: 0,
        currency: 'EUR',
        period_start: '2026-05-10',
        period_end: '2026-06-10',
        description: 'Prime Membership',
        subscription: 'SUBDEMO1',
        amount_source: 'booked',
      },
    });
    expect(rig.sink.of('usage')).toHaveLength(30);
    expect(rig.sink.of('usage')[0]?.data).toMatchObject({
      occurred_at: '2026-05-11T20:00:00Z',
      item: 'The Demo, Part "Two"',
      entitlement: 'PRIME',
    });
    expect(JSON.stringify([...rig.sink.records])).not.toMatch(/canary|unrelated/i);
  });

  test('imported twice: success with 0 records; in full: everything again on the same keys', async () => {
    const { rig } = uploaded(amazonZip());
    await rig.run();
    const [rows, state] = [rig.sink.records.size, rig.state];
    const counts = { read: 0, written: 0, rejected: 0 };
    expect(await rig.run()).toEqual({ kind: 'succeeded', counts, state });
    expect(await rig.run('full_sync')).toMatchObject({ counts: { read: rows } });
    expect(rig.sink.records.size).toBe(rows);
  });

  test('replaced by a newer one: only what is new or different is read', async () => {
    const { rig, file } = uploaded(amazonZip({ months: 5 }));
    await rig.run();
    writeFileSync(file, amazonZip({ months: 6 }));
    expect(await rig.run()).toMatchObject({ counts: { read: 2, written: 2 } });
    expect(rig.sink.of('charges')).toHaveLength(6);
    expect(rig.sink.of('subscriptions')).toMatchObject([{ data: { renews_on: '2026-11-10' } }, {}]);
  });

  test('replaced by one with an old price corrected: that month is read again', async () => {
    const { rig, file } = uploaded(amazonZip());
    await rig.run();
    const corrected = amazonFiles().map((sheet) => ({
      ...sheet,
      text: String(sheet.text).replace(
        '"ITEM-1-2026-06-10","N/A","N/A","8.99"',
        '"ITEM-1-2026-06-10","N/A","N/A","7.99"',
      ),
    }));
    writeFileSync(file, zip(corrected));
    expect(await rig.run()).toMatchObject({ counts: { read: 1 } });
    expect(rig.sink.of('charges')[1]?.data).toMatchObject({ occurred_on: '2026-06-10', amount_minor: 799 });
  });

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

describe('rows', () => {
  const view = (at: number, hour = `05/${String((at % 28) + 1).padStart(2, '0')}/2026 20:00:00`) =>
    cells(VIEWS, { 'Playback Hour': hour, Title: `Show ${at}` });
  const viewing = (good: number, bad: number): Buffer =>
    zip([
      {
        name: 'Digital.PrimeVideo.Viewinghistory/Viewinghistory.csv',
        text: csv(VIEWS, [
          ...Array.from({ length: good }, (_, at) => view(at)),
          ...Array.from({ length: bad }, (_, at) => view(at, '31/31/2026 20:00:00')),
        ]),
      },
    ]);

  test('a few unreadable: counted, listed by place and without their content, the rest imported', async () => {
    const { rig } = uploaded(viewing(28, 2));
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 30, rejected: 2 } });
    const listed: Message[] = [];
    for await (const message of amazonExport.read(rig.context()))
      if (message.kind === 'rejected') listed.push(message);
    expect(listed.map((message) => ('reason' in message ? message.reason : ''))).toEqual([
      'viewinghistory.csv, row 29: Playback Hour is not a date',
      'viewinghistory.csv, row 30: Playback Hour is not a date',
    ]);
  });

  test.each([
    [20, 10],
    [0, 3],
  ])('%s good and %s unreadable: the format has changed', async (good, bad) => {
    expect(await outcomeOf(viewing(good, bad))).toMatchObject(failed('SCHEMA_DRIFT', 'bad_rows'));
  });

  test('unreadable in a later upload: refused as a whole, and the old data stay as they were', async () => {
    const { rig, file } = uploaded(amazonZip());
    await rig.run();
    const [before, state] = [JSON.stringify([...rig.sink.records]), rig.state];
    const broken = csv(
      VIEWS,
      Array.from({ length: 30 }, (_, at) => view(at, 'evening')),
    );
    const name = 'Digital.PrimeVideo.Viewinghistory.2/x.csv';
    writeFileSync(file, zip([...amazonFiles({ price: '99.99' }), { name, text: broken }]));
    expect(await rig.run('full_sync')).toMatchObject(failed('SCHEMA_DRIFT', 'bad_rows'));
    expect(JSON.stringify([...rig.sink.records])).toBe(before);
    expect(rig.state).toBe(state);
  });

  test('told twice: one record each', async () => {
    const rows = [view(1), view(2), view(1)];
    const { rig } = uploaded(csv(VIEWS, rows), { name: 'v.csv' });
    expect(await rig.run()).toMatchObject({ counts: { read: 2 } });
  });

  test('with a title of 100,000 characters: kept, under a key that fits', async () => {
    const row = cells(VIEWS, { 'Playback Hour': '05/11/2026 20:00:00', Title: 'x'.repeat(100_000) });
    expect(await outcomeOf(csv(VIEWS, [row]), { name: 'v.csv' })).toMatchObject({ counts: { written: 1 } });
  });

  test('of one order in two currencies: counted as unreadable', async () => {
    const item = (id: string, currency: string) =>
      cells(ITEMS, {
        OrderId: 'O',
        DigitalOrderItemId: id,
        OurPrice: '1.00',
        OurPriceCurrencyCode: currency,
        OrderDate: '2026-05-01',
        SubscriptionOrderInfoList: '[x]',
      });
    const content = csv(ITEMS, [item('1', 'EUR'), item('2', 'USD')]);
    const { rig } = uploaded(content, { name: 'Digital Items.csv' });
    expect(await rig.run()).toMatchObject({ counts: { read: 2, rejected: 1 } });
    expect(rig.sink.of('charges')).toMatchObject([{ data: { amount_minor: 100, currency: 'EUR' } }]);
  });
});

describe('an upload that is no good', () => {
  const localised = 'Abonnement-ID,Status\r\nx,Aktiv';
  test.each<[string, Upload, More, object]>([
    ['0 bytes', '', {}, failed('CONFIG', 'file_empty')],
    ['a PDF', '%PDF-1.7', {}, failed('CONFIG', 'not_csv')],
    ['a web page', '<!doctype html><title>Sign in', {}, failed('CONFIG', 'not_csv')],
    ['half a ZIP', amazonZip().subarray(0, 3_000), {}, failed('CONFIG', 'zip_broken')],
    ['an empty ZIP', zip([]), {}, failed('CONFIG', 'not_amazon')],
    [
      'another category',
      zip([{ name: 'Retail.OrderHistory.1/x.csv', text: 'x' }]),
      {},
      failed('CONFIG', 'not_amazon'),
    ],
    [
      'a ZIP with a password',
      zip([{ name: 'Subscriptions.csv', text: 'x', encrypted: true }]),
      {},
      failed('CONFIG', 'zip_encrypted'),
    ],
    [
      'too many entries',
      amazonZip(),
      { connector: createAmazonExport({ maxEntries: 3 }) },
      failed('CONFIG', 'zip_entries'),
    ],
    [
      'too large',
      amazonZip(),
      { connector: createAmazonExport({ maxFileBytes: 9 }) },
      failed('CONFIG', 'file_size'),
    ],
    [
      'a zip bomb',
      zip([{ name: 'Subscriptions.csv', text: Buffer.alloc(20_000_000, 48) }]),
      {},
      failed('CONFIG', 'zip_ratio'),
    ],
    [
      'a missing column',
      zip(changed('Subscriptions.csv', csv(SUBSCRIPTIONS.slice(0, 20), []))),
      {},
      failed('SCHEMA_DRIFT', 'columns_missing'),
    ],
    [
      'a localised header',
      zip(changed('Subscriptions.csv', localised)),
      {},
      failed('SCHEMA_DRIFT', 'columns_missing'),
    ],
    ['a localised CSV', localised, { name: 'a.csv' }, failed('SCHEMA_DRIFT', 'columns_unknown')],
    ['wrong settings', amazonZip(), { config: { include: 'some' } }, failed('CONFIG', 'config_invalid')],
  ])('%s: says so, and stores no state', async (_, content, more, expected) => {
    const { rig } = uploaded(content, more);
    const outcome = await rig.run();
    expect(outcome).toMatchObject(expected);
    expect(JSON.stringify(outcome)).not.toContain(tmpdir());
    expect([rig.state, rig.sink.records.size]).toEqual([undefined, 0]);
    expect(await rig.engine.checkConnection('default', 'connection-1')).toMatchObject({ ok: false });
  });

  test('outside the import folder: refused', async () => {
    const { rig } = uploaded(amazonZip());
    const files = new ImportFiles({ root: mkdtempSync(join(tmpdir(), 'amazon-root-')) });
    expect(await amazonExport.check(rig.context({ files }))).toMatchObject({ ok: false, class: 'CONFIG' });
    const climbing = rig.context({ files, config: { file: '../../etc/hosts' } });
    expect(await amazonExport.check(climbing)).toMatchObject({ ok: false, class: 'CONFIG' });
  });

  test('not there yet: told where to ask and where to put it, and read once it is there', async () => {
    const { rig, file } = uploaded(undefined);
    const message = expect.stringMatching(/no amazon\.zip in the import folder yet.*privacy-central/);
    expect(await rig.engine.checkConnection('default', 'connection-1')).toMatchObject({
      class: 'DATA_NOT_READY',
      message,
    });
    expect(await rig.run()).toMatchObject({ kind: 'snoozed', class: 'DATA_NOT_READY', message });
    writeFileSync(file, amazonZip());
    expect(await rig.run()).toMatchObject({ kind: 'succeeded' });
  });

  test('imported before and old: asks for a fresh one', async () => {
    const { rig, file } = uploaded(amazonZip(), { config: { staleAfterDays: 30 } });
    const old = (rig.clock.instant - 31 * DAY) / 1000;
    utimesSync(file, old, old);
    expect(await rig.run()).toMatchObject({ kind: 'succeeded' });
    expect(await rig.run()).toMatchObject({ kind: 'snoozed', class: 'DATA_NOT_READY' });
  });
});

test('held against the contract: nothing is missing', async () => {
  const { rig } = uploaded(amazonZip({ months: 24, views: 800 }));
  const { rig: empty } = uploaded('');
  const { rig: none } = uploaded(undefined);
  const missing = await connectorConformance(amazonExport, {
    good: (overrides) => rig.context(overrides),
    broken: [
      { name: 'an empty file', class: 'CONFIG', context: (overrides) => empty.context(overrides) },
      { name: 'no file yet', class: 'DATA_NOT_READY', context: (overrides) => none.context(overrides) },
    ],
    canaries: ['Canary'],
  });
  expect(missing).toEqual([]);
});
