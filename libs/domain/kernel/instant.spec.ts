import { expect, test } from '@jest/globals';
import { DAY, earliest, HOUR, iso, MINUTE, SECOND } from './instant.js';

test('lengths are milliseconds, and an instant is told in UTC', () => {
  expect([SECOND, MINUTE, HOUR, DAY]).toEqual([1_000, 60_000, 3_600_000, 86_400_000]);
  expect(iso(DAY + HOUR + MINUTE + SECOND)).toBe('1970-01-02T01:01:01.000Z');
});

test('the earliest of some instants is that of those that are there; of none there is none', () => {
  expect(earliest(3, undefined, 1, 2)).toBe(1);
  expect(earliest(undefined, 3, 4)).toBe(3);
  expect(earliest(undefined, undefined)).toBeUndefined();
});
