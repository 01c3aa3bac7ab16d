import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { MemoryVault } from '#lib/credentials';
import { amazonFiles, subscription, SUBSCRIPTIONS } from '../testing/amazon-files.js';
import { csv, Rig, zip } from '../testing/index.js';
import { failed } from '../testing/uploads.js';
import { amazonExport } from './index.js';

const NAME = 'Digital.Subscriptions.2/Subscriptions.csv';

async function imported(rows: readonly Readonly<Record<string, string>>[], config: object = {}) {
  const file = join(mkdtempSync(join(tmpdir(), 'amazon-')), 'amazon.zip');
  const others = amazonFiles().filter((one) => one.name !== NAME);
  writeFileSync(file, zip([...others, { name: NAME, text: csv(SUBSCRIPTIONS, rows.map(subscription)) }]));
  const rig = new Rig({ connector: amazonExport, config: { file, ...config }, vault: new MemoryVault() });
  const check = await rig.engine.checkConnection('default', 'connection-1');
  return { check, outcome: await rig.run(), data: rig.sink.of('subscriptions').map((record) => record.data) };
}

describe('a subscription', () => {
  const dataOf = async (...rows: readonly Readonly<Record<string, string>>[]) => (await imported(rows)).data;

  test('listed in several record versions: the newest counts', async () => {
    const cancelled = { SubscriptionStatus: 'Cancelled', RecordVersionNumber: '9' };
    expect(await dataOf(cancelled, {}, {})).toMatchObject([
      { status: 'cancelled', auto_renew: false, renews_on: null },
    ]);
  });

  test('not renewed: active to the end of its contract', async () => {
    expect(await dataOf({ Autorenew: 'No' })).toMatchObject([
      { status: 'active', auto_renew: false, renews_on: null, ended_on: '2026-11-10' },
    ]);
  });

  test('about to be cancelled: active to the end of its contract', async () => {
    expect(await dataOf({ SubscriptionStatus: 'PendingCancel' })).toMatchObject([
      { status: 'active', auto_renew: false, renews_on: null, ended_on: '2026-11-10' },
    ]);
  });

  test.each([
    ['Paused', 'paused'],
    ['Expired', 'expired'],
    ['Canceled', 'cancelled'],
    ['CANCELLATION_PENDING', 'active'],
    ['Inactive', 'unknown'],
    ['Schwebend', 'unknown'],
    ['N/A', null],
  ])('of status %s: %s, with the raw word kept', async (word, status) => {
    expect(await dataOf({ SubscriptionStatus: word })).toMatchObject([
      { status, status_raw: word === 'N/A' ? null : word },
    ]);
  });

  test('of a status that says the same word without end: read in time that follows its length', async () => {
    const word = 'cancel'.repeat(16_000);
    const began = performance.now();
    expect(await dataOf({ SubscriptionStatus: word })).toMatchObject([{ status: 'cancelled' }]);
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  test.each([
    ['1 Year', 'year'],
    ['12 Month', 'year'],
    ['30 Day', 'month'],
    ['7 Days', 'week'],
    ['3 Month', '3 month'],
    ['Not Available', null],
  ])('billed every %s: interval %s', async (text, interval) => {
    expect(await dataOf({ ContractTimeInterval: text })).toMatchObject([{ interval }]);
  });

  test.each([
    ['8.99', 'EUR', 899],
    ['8,99', 'eur', 899],
    ['1,234.50', 'USD', 123450],
    ['1.234,50', 'EUR', 123450],
    ['500', 'JPY', 500],
    ['5,900', 'JPY', 5900],
    ['5.900', 'KRW', 5900],
    ['1,234,567', 'JPY', 1234567],
    ['1 299,00', 'EUR', 129900],
    ['1\u202f299,00', 'EUR', 129900],
    ["1'299.00", 'CHF', 129900],
    ['1,49,900.00', 'INR', 14990000],
    ['1,49,900', 'INR', 14990000],
    ['8.9900', 'EUR', 899],
    ['1.234', 'KWD', 1234],
    ['0', 'EUR', 0],
    ['Not Available', 'EUR', null],
  ])('priced %s %s: %s in minor units', async (amount, code, minor) => {
    const price = { NextBillAmount: amount, BaseCurrencyCode: code };
    expect(await dataOf(price)).toMatchObject([{ price_minor: minor }]);
  });

  test.each([
    '1.234',
    '8.999',
    '-1.00',
    '1,2,3',
    '8.99 EUR',
    '1e3',
    '٣',
    '1,299.005',
    '1 29,00',
    '1 299,000.00',
  ])('priced %s: not read, and nothing made of it', async (amount) => {
    expect((await imported([{ NextBillAmount: amount }])).outcome).toMatchObject(
      failed('SCHEMA_DRIFT', 'bad_rows'),
    );
  });

  test('priced 1234,567 in yen: not read', async () => {
    const price = { NextBillAmount: '1234,567', BaseCurrencyCode: 'JPY' };
    expect((await imported([price])).outcome).toMatchObject(failed('SCHEMA_DRIFT', 'bad_rows'));
  });

  test.each([
    '2026-11-10',
    '2026-11-10T00:00:00+01:00',
    '2026-11-10T23:30:00-0800',
    '2026-11-10T08:00:00Z',
    '2026-11-10 08:00:00 UTC',
    '10.11.2026',
    '10 Nov 2026',
    '10-Nov-2026',
    'November 10, 2026',
  ])('renewed on %s: the same day', async (text) => {
    expect(await dataOf({ NextBillDate: text })).toMatchObject([{ renews_on: '2026-11-10' }]);
  });

  test('renewed on a date that can be read two ways: never guessed', async () => {
    const ambiguous = [{ NextBillDate: '10/11/2026' }];
    const { check, outcome } = await imported(ambiguous);
    expect(check).toMatchObject({ class: 'CONFIG', message: expect.stringContaining('set dateFormat') });
    expect(outcome).toMatchObject(failed('CONFIG', 'dates_ambiguous'));
    const told = await imported(ambiguous, { dateFormat: 'day-first' });
    expect(told.data).toMatchObject([{ renews_on: '2026-11-10' }]);
    expect(await dataOf({ NextBillDate: '11/30/2026' })).toMatchObject([{ renews_on: '2026-11-30' }]);
  });
});
