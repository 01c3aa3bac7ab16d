import { mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { DAY } from '#lib/domain/kernel';
import { ImportFiles, type Message } from '../kit/index.js';
import { amazonFiles, amazonZip, cells, ITEMS, SUBSCRIPTIONS, VIEWS } from '../testing/amazon-files.js';
import { changed, outcomeOf, uploaded } from '../testing/amazon-uploads.js';
import { csv, zip } from '../testing/index.js';
import { failed, type More, type Upload } from '../testing/uploads.js';
import { amazonExport, createAmazonExport } from './index.js';

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
