import { describe, expect, test } from '@jest/globals';
import type { GivenId } from './ids.js';
import { mergeSubscriptions, type Subscription } from './merge.js';
import type { Observation } from './observation.js';
import { api, bank, netflix, NOW, seen } from './testing/told.js';

/** What the streams of ids tell after these were seen. */
const given = (...found: readonly Subscription[]): Map<string, (GivenId | null)[]> =>
  new Map(
    Map.groupBy(
      found.map((one) => ({ service: one.service, account: one.account, facts: one, rows: one.rows })),
      ({ service }) => service,
    ),
  );
const merge = (observations: readonly Observation[], before = given()) =>
  mergeSubscriptions(observations, [], NOW, before);
const ids = (observations: readonly Observation[], before = given()): Record<string, string> =>
  Object.fromEntries(merge(observations, before).map(({ id, rows: [first] }) => [first?.key ?? '', id]));

const a = api({ connection: 'a', account: 'A', key: 'A', firstSeen: 1 });
const b = api({ connection: 'b', account: 'B', key: 'B', firstSeen: 2, plan: 'free' });
const c = api({ connection: 'c', account: 'C', key: 'C', firstSeen: 3 });

describe('an id', () => {
  test('is the service, and a number from the second on', () => {
    expect(ids([a, b, c])).toEqual({ A: 'spotify', B: 'spotify~2', C: 'spotify~3' });
  });

  test('stays when the one before it goes, and is not given to who comes then', () => {
    const both = given(...merge([a, b]));
    expect(ids([b], both)).toEqual({ B: 'spotify~2' });
    expect(ids([b, c], both)).toEqual({ B: 'spotify~2', C: 'spotify~3' });
    expect(ids([c, b, a], both)).toEqual({ A: 'spotify', B: 'spotify~2', C: 'spotify~3' });
  });

  test('stays when one is added that was seen before', () => {
    const first = given(...merge([b]));
    expect(ids([a, b], first)).toEqual({ A: 'spotify~2', B: 'spotify' });
  });

  test('stays with a row, whatever is told of it then', () => {
    const plain = netflix({ key: 'r', priceMinor: 999, currency: 'EUR', plan: 'BASIC' });
    const other = netflix({ key: 's', priceMinor: 999, currency: 'EUR', plan: 'BASIC', firstSeen: NOW + 1 });
    const before = given(...merge([plain, other]));
    const changed = { ...other, priceMinor: 1799, plan: 'PREMIUM', startedOn: '2020-01-01' };
    expect(ids([changed], before)).toEqual({ s: 'netflix~2' });
  });

  test('stays when the source that was first goes, and another that told of it is left', () => {
    const two = [netflix({ key: 'r' }), bank({ service: 'netflix' })];
    expect(ids([two[1]!], given(...merge(two)))).toEqual({ stream: 'netflix' });
  });

  test('goes with what the provider tells, when a payment turns out to be of another', () => {
    const own = netflix({ key: 'own', account: 'x', priceMinor: 1199 });
    const family = netflix({
      key: 'family',
      account: 'y',
      connection: 'f',
      priceMinor: 1999,
      firstSeen: NOW + 1,
    });
    const before = given(...merge([own, family, bank({ service: 'netflix' })]));
    const dearer = bank({ service: 'netflix', priceMinor: 1999 });
    const found = merge([own, family, dearer], before);
    expect(Object.fromEntries(found.map(({ id, account }) => [account, id]))).toEqual({
      x: 'netflix',
      y: 'netflix~2',
    });
  });

  test('stays with what is brought again over another connection, and not with what differs', () => {
    const told = { plan: 'BASIC', priceMinor: 599, currency: 'EUR', interval: 'month' };
    const before = given(...merge([netflix({ key: 'r', ...told })]));
    const again = netflix({ key: 'other', connection: 'again', ...told });
    expect(ids([again], before)).toEqual({ other: 'netflix' });
    expect(ids([{ ...again, plan: 'PREMIUM' }], before)).toEqual({ other: 'netflix~2' });
    expect(ids([netflix({ key: 'other', connection: 'again' })], before)).toEqual({ other: 'netflix~2' });
  });
});

describe('an id that an earlier version gave, without a note of rows', () => {
  const noted = (...found: readonly Subscription[]) =>
    new Map(
      [...given(...found)].map(([service, all]) => [service, all.map((id) => ({ ...id!, rows: undefined }))]),
    );

  test('stays with its account', () => {
    expect(ids([b], noted(...merge([a, b])))).toEqual({ B: 'spotify~2' });
  });

  test('stays with the only one, also as its price changes', () => {
    const before = noted(...merge([bank()]));
    expect(ids([bank({ priceMinor: 1399 })], before)).toEqual({ stream: 'spotify' });
  });

  test('stays with what began on the same day', () => {
    const old = netflix({ key: 'o', startedOn: '2020-01-01', endedOn: '2021-01-01', status: 'cancelled' });
    const now = netflix({ key: 'n', startedOn: '2024-01-01', firstSeen: NOW + 1 });
    expect(ids([now], noted(...merge([old, now])))).toEqual({ n: 'netflix~2' });
  });
});

test('an id that nobody can tell of any more is not given again', () => {
  expect(ids([seen()], new Map([['spotify', [null]]]))).toEqual({ k: 'spotify~2' });
});
