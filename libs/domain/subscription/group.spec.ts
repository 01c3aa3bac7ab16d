import { describe, expect, test } from '@jest/globals';
import { DAY } from '#lib/domain/kernel';
import { mergeSubscriptions } from './merge.js';
import type { Observation } from './observation.js';
import { api, bank, charge, netflix, NOW, seen } from './testing/told.js';

const merge = (...observations: Observation[]) => mergeSubscriptions(observations, [], NOW);
const together = (...observations: Observation[]): string[] =>
  merge(...observations)
    .map(({ rows }) =>
      rows
        .map(({ key }) => key)
        .toSorted()
        .join('+'),
    )
    .toSorted();

describe('a payment at the bank', () => {
  const ended = netflix({ key: 'old', status: 'cancelled', startedOn: '2020-01-01', endedOn: '2026-09-03' });
  const paying = { service: 'netflix', asOf: '2026-11-20', renewsOn: '2026-12-15' };

  test('after a subscription ended is of another one, which lives', () => {
    const found = merge(ended, bank({ ...paying, renewsOn: null, interval: null, paidOn: '2026-11-15' }));
    expect(found.map(({ status, endedOn }) => [status, endedOn])).toEqual([
      ['cancelled', '2026-09-03'],
      ['active', null],
    ]);
  });

  test('is known by its charge too', () => {
    const silent = bank({ ...paying, renewsOn: null, interval: null });
    const paid = charge({ service: 'netflix', occurredOn: '2026-11-15' });
    expect(mergeSubscriptions([ended, silent], [paid], NOW)).toHaveLength(2);
    const refund = { ...paid, amountMinor: -1199 };
    expect(mergeSubscriptions([ended, silent], [refund], NOW)).toHaveLength(1);
  });

  test('and by what recurs: what is active was paid an interval ago', () => {
    expect(merge(ended, bank(paying))).toHaveLength(2);
    expect(merge(ended, bank({ ...paying, renewsOn: null }))).toHaveLength(2);
    expect(merge(ended, bank({ ...paying, status: 'expired' }))).toHaveLength(1);
  });

  test('before it ended, or booked some days later, is of that one, whatever the bank still expects', () => {
    const left = { ...ended, endedOn: '2026-11-14' };
    const [found, ...more] = merge(left, bank({ ...paying, paidOn: '2026-11-15' }));
    expect(more).toEqual([]);
    expect(found).toMatchObject({ status: 'cancelled', endedOn: '2026-11-14', renewsOn: null });
  });

  test('is not undone by an old file without days, however often it is read', () => {
    const read = { firstSeen: NOW - 300 * DAY, lastSeen: NOW };
    const former = netflix({ key: 'account', status: 'cancelled', ...read });
    const found = merge(former, bank(paying));
    expect(found.map(({ status }) => status)).toEqual(['cancelled', 'active']);
  });
});

describe('a file that says no day of its own', () => {
  test('is as old as what it tells at the latest', () => {
    const file = netflix({ priceMinor: 1299, currency: 'EUR', interval: 'month', startedOn: '2025-01-03' });
    const [found] = merge(file, bank({ service: 'netflix', priceMinor: 1499 }));
    expect(found).toMatchObject({ priceMinor: 1499 });
    const billed = charge({ service: 'netflix', connection: 'netflix-ann', occurredOn: '2026-11-20' });
    const younger = mergeSubscriptions([file, bank({ service: 'netflix', priceMinor: 1499 })], [billed], NOW);
    expect(younger[0]).toMatchObject({ priceMinor: 1299, asOf: '2026-11-20' });
  });
});

describe('of two files whose account nobody knows', () => {
  const german = netflix({ key: 'de', connection: 'de', plan: 'BASIC', currency: 'EUR', interval: 'month' });
  test.each([
    ['plan', { plan: 'PREMIUM' }],
    ['currency', { currency: 'USD' }],
    ['interval', { interval: 'year' }],
    ['begin', { startedOn: '2026-01-01' }],
  ])('that differ in %s, each is a subscription', (_, more) => {
    const other = { ...german, key: 'us', connection: 'us', ...more };
    expect(merge({ ...german, startedOn: '2025-01-01' }, other)).toHaveLength(2);
  });

  test('that differ in nothing, both are one', () => {
    expect(together(german, { ...german, key: 'us', connection: 'us', plan: null })).toEqual(['de+us']);
  });

  test('that list the same row, the plan of the older is of the same subscription', () => {
    const row = { ...german, key: '2025-01-01 10:00', startedOn: '2025-01-01' };
    expect(merge(row, { ...row, connection: 'again', plan: 'PREMIUM' })).toHaveLength(1);
  });

  test('and one that does, it is one with what knows no account', () => {
    expect(together(api({ key: 'a' }), seen({ key: 'e', connection: 'e', plan: 'free' }))).toEqual(['a+e']);
  });
});

test('given living payments at two banks that differ in money, each is a subscription', () => {
  const other = bank({ key: 'other', connection: 'bank-two', account: 'card' });
  expect(together(bank(), other)).toEqual(['other+stream']);
  expect(merge(bank(), { ...other, currency: 'USD' })).toHaveLength(2);
  expect(together(bank(), { ...other, priceMinor: 599, status: 'expired' })).toEqual(['other+stream']);
});

test('given an account under two names, what knows either is about it', () => {
  const interfaceRow = api({ key: 'i', account: 'acc_x', alias: 'ann' });
  const file = seen({
    key: 'f',
    connection: 'file',
    connector: 'spotify.export',
    source: 'export',
    account: 'ann',
  });
  expect(together(interfaceRow, file)).toEqual(['f+i']);
  expect(together({ ...interfaceRow, alias: 'bob' }, file)).toEqual(['f', 'i']);
});

test('given a second account, what knows no account stays with the first', () => {
  const file = seen({
    key: 'f',
    connection: 'f',
    connector: 'spotify.export',
    source: 'export',
    firstSeen: 1,
  });
  const first = api({ key: 'z', connection: 'z', account: 'Z', firstSeen: 2 });
  const second = api({ key: 'a', connection: 'a', account: 'A', firstSeen: 3 });
  expect(together(file, first)).toEqual(['f+z']);
  expect(together(file, first, second)).toEqual(['a', 'f+z']);
});

describe('a subscription that its source does not tell of any more', () => {
  const gone = { goneSince: NOW - DAY, lastSeen: NOW - 2 * DAY, firstSeen: NOW - 90 * DAY };

  test('is no living one, and is not counted on', () => {
    const [found] = merge(bank({ ...gone, renewsOn: '2026-10-05' }));
    expect(found).toMatchObject({
      status: 'unknown',
      renewsOn: null,
      priceMinor: 1199,
      goneSince: NOW - DAY,
    });
  });

  test('is as who still tells of it says', () => {
    const [found] = merge(api(), bank(gone));
    expect(found).toMatchObject({ status: 'active', renewsOn: null, goneSince: null });
    expect(found?.sources.map(({ goneSince }) => goneSince)).toEqual([null, NOW - DAY]);
  });

  test('is unknown where those who tell of it do not say', () => {
    expect(merge(api({ ...gone }), bank({ status: null }))[0]).toMatchObject({ status: 'unknown' });
  });

  test('stays over where it was', () => {
    expect(merge(bank({ ...gone, status: 'expired' }))[0]).toMatchObject({ status: 'expired' });
  });

  test('goes on under the id that its bank gave it afterwards', () => {
    const next = bank({ key: 'next', account: 'other', firstSeen: NOW - DAY });
    expect(together(bank(gone), next)).toEqual(['next+stream']);
    expect(together(bank(gone), { ...next, currency: 'USD' })).toEqual(['next', 'stream']);
    expect(together(bank(gone), { ...next, firstSeen: NOW - 90 * DAY })).toEqual(['next', 'stream']);
  });

  test('goes on in the list of a file that had none before', () => {
    const listed = netflix({ key: '2024', startedOn: '2024-01-01', plan: 'BASIC' });
    expect(together(netflix({ key: 'account', ...gone }), listed)).toEqual(['2024+account']);
  });
});
