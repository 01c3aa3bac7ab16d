import { utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, test } from '@jest/globals';
import { DAY } from '#lib/domain/kernel';
import { BILLING, csv, netflixZip, VIEWING, zip } from '../testing/index.js';
import { changed, outcomeOf, uploaded } from '../testing/netflix-uploads.js';
import { failed, type Upload } from '../testing/uploads.js';
import { createNetflixExport } from './index.js';

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
