import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { between, countBetween, effective, latest, next } from './index.js';
import { always, at, cron, daily, recurring } from './testing/recurrences.js';

const NOW = at('2027-01-01T00:00Z');
const DAY = 86_400_000;
const everySecond = recurring({ frequency: 'interval', everySeconds: 1, anchor: 500 });

describe('between', () => {
  test('given a limit, it stops there and says whether there is more; the end counts, the beginning does not', () => {
    const recurrence = daily('00:00');
    expect(between(recurrence, NOW, NOW + 2 * DAY, 2)).toEqual({
      instants: [NOW + DAY, NOW + 2 * DAY],
      more: false,
    });
    expect(between(recurrence, NOW, NOW + 2 * DAY, 1)).toEqual({ instants: [NOW + DAY], more: true });
    expect(between(recurrence, NOW, NOW + 2 * DAY, 0)).toEqual({ instants: [], more: true });
    expect(between(recurrence, NOW, NOW, 5)).toEqual({ instants: [], more: false });
  });
});

describe('countBetween', () => {
  test('given a century of seconds, they are counted by division', () => {
    const to = at('2127-01-01T00:00Z');
    expect(countBetween(everySecond, NOW, to, 10)).toEqual({
      count: (to - NOW) / 1_000,
      exact: true,
      first: NOW + 500,
      last: to - 500,
    });
  });

  test('given more than the cap, the count stops there, and the last one is right all the same', () => {
    const to = NOW + 365 * DAY + 90_000;
    expect(countBetween(cron('* * * * *'), NOW, to, 100)).toEqual({
      count: 100,
      exact: false,
      first: NOW + 60_000,
      last: NOW + 365 * DAY + 60_000,
    });
  });

  test('given an interval with blackouts, those in them are not counted', () => {
    const recurrence = recurring(
      { frequency: 'interval', everySeconds: 3_600, anchor: NOW },
      { blackouts: [always[0]] },
    );
    expect(countBetween(recurrence, NOW, NOW + 2 * DAY, 100)).toMatchObject({ count: 24, exact: true });
  });
});

describe('latest', () => {
  test.each([
    [daily('02:30', { zone: 'America/New_York' }), '2066-12-31T07:30Z'],
    [cron('* * * * * *'), '2067-01-01T00:00Z'],
    [cron('0 0 29 2 *'), '2064-02-29T00:00Z'],
    [recurring({ frequency: 'hourly', minute: 59 }), '2066-12-31T23:59Z'],
    [daily('12:00', { end: at('2030-05-05T12:00Z') }), '2030-05-04T12:00Z'],
  ])('given forty years of %j, its last one is %s', (recurrence, last) => {
    expect(latest(recurrence, at('2067-01-01T00:00Z'), NOW)).toBe(at(last));
  });

  test('given any range, the last one is due, in the range, and followed by none in it', () => {
    const recurrences = [
      daily('02:30', { zone: 'Europe/Berlin', fold: 'both' }),
      cron('*/7 3,9 * * 1'),
      everySecond,
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...recurrences),
        fc.nat(60 * DAY),
        fc.nat(30 * DAY),
        (recurrence, start, length) => {
          const [after, to] = [NOW + start, NOW + start + length];
          const first = next(recurrence, after);
          const last = latest(recurrence, to, after);
          if (first === undefined || first > to) return last === undefined;
          const following = last === undefined ? undefined : next(recurrence, last);
          return last !== undefined && last >= first && last <= to && (following ?? Infinity) > to;
        },
      ),
      { numRuns: 500, seed: 7 },
    );
  });
});

describe('effective', () => {
  test('given no spread, it is the nominal time', () => {
    expect(effective(daily('00:00'), NOW, 'a')).toBe(NOW);
  });

  test('given a spread, a seed has the same share of it at every occurrence', () => {
    const recurrence = daily('00:00', { spreadMs: 3_600_000 });
    const offset = effective(recurrence, NOW, 'schedule-1') - NOW;
    expect(effective(recurrence, NOW + DAY, 'schedule-1') - NOW - DAY).toBe(offset);
    expect(offset).toBeLessThan(3_600_000);
  });

  test('given a spread wider than the time to the next one, it stays before it', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const recurrence = recurring(
          { frequency: 'interval', everySeconds: 60, anchor: NOW },
          { spreadMs: DAY },
        );
        const found = effective(recurrence, NOW, seed);
        return found >= NOW && found < NOW + 60_000;
      }),
      { seed: 7 },
    );
  });

  test('given many seeds, their shares lie all over the spread', () => {
    const recurrence = daily('00:00', { spreadMs: 1_000_000 });
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let id = 0; id < 10_000; id += 1) {
      const tenth = Math.floor((effective(recurrence, NOW, `schedule-${id}`) - NOW) / 100_000);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    for (const count of tenths) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });
});
