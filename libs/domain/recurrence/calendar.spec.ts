import { describe, expect, test } from '@jest/globals';
import { between, next, type MonthDay } from './index.js';
import { at, cron, daily, recurring } from './testing/recurrences.js';

const FROM = at('2027-01-01T00:00Z');
const dates = (instants: readonly number[]): string[] =>
  instants.map((instant) => new Date(instant).toISOString().slice(0, 10));

const monthly = (day: MonthDay, shortMonth: 'clamp' | 'skip') =>
  recurring({ frequency: 'monthly', days: [day], times: ['12:00'], shortMonth });
const first = (count: number, recurrence: ReturnType<typeof recurring>, from = FROM): string[] =>
  dates(between(recurrence, from, Number.MAX_SAFE_INTEGER, count).instants);

describe('months', () => {
  test.each([
    [31, 'clamp', ['2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30', '2027-05-31']],
    [31, 'skip', ['2027-01-31', '2027-03-31', '2027-05-31', '2027-07-31', '2027-08-31']],
    [30, 'clamp', ['2027-01-30', '2027-02-28', '2027-03-30', '2027-04-30', '2027-05-30']],
    [30, 'skip', ['2027-01-30', '2027-03-30', '2027-04-30', '2027-05-30', '2027-06-30']],
    ['last', 'skip', ['2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30', '2027-05-31']],
    [{ nth: 1, weekday: 'monday' }, 'skip', ['2027-01-04', '2027-02-01', '2027-03-01', '2027-04-05']],
    [{ nth: 3, weekday: 'friday' }, 'skip', ['2027-01-15', '2027-02-19', '2027-03-19', '2027-04-16']],
    [{ nth: 5, weekday: 'friday' }, 'clamp', ['2027-01-29', '2027-04-30', '2027-07-30', '2027-10-29']],
    [{ nth: 'last', weekday: 'sunday' }, 'skip', ['2027-01-31', '2027-02-28', '2027-03-28', '2027-04-25']],
  ] as const)('given day %j with shortMonth %s, it is due on %j', (day, shortMonth, expected) => {
    expect(first(expected.length, monthly(day, shortMonth))).toEqual(expected);
  });

  test('given day 29, February has it in leap years only, and 2100 is none', () => {
    const recurrence = cron('0 12 29 2 *');
    expect(first(2, recurrence)).toEqual(['2028-02-29', '2032-02-29']);
    expect(first(1, recurrence, at('2096-03-01T00:00Z'))).toEqual(['2104-02-29']);
    expect(first(2, monthly(29, 'skip'), at('2028-02-01T00:00Z'))).toEqual(['2028-02-29', '2028-03-29']);
  });

  test('given days that clamp onto one date, it is due once', () => {
    const recurrence = recurring({
      frequency: 'monthly',
      days: [28, 29, 30, 31, 'last'],
      times: ['12:00'],
      shortMonth: 'clamp',
    });
    expect(first(3, recurrence, at('2027-02-01T00:00Z'))).toEqual(['2027-02-28', '2027-03-28', '2027-03-29']);
  });
});

describe('days and weeks', () => {
  test('given several unsorted times, they are due in order, each once', () => {
    const recurrence = recurring({ frequency: 'daily', times: ['18:00', '06:00', '18:00:00', '06:00:30'] });
    const { instants } = between(recurrence, FROM, at('2027-01-02T00:00Z'), 9);
    expect(instants).toEqual(['2027-01-01T06:00Z', '2027-01-01T06:00:30Z', '2027-01-01T18:00Z'].map(at));
  });

  test('given weekdays, only those are due, across the end of a week and a year', () => {
    const recurrence = recurring({ frequency: 'weekly', weekdays: ['monday', 'friday'], times: ['12:00'] });
    expect(first(4, recurrence, at('2026-12-26T00:00Z'))).toEqual([
      '2026-12-28',
      '2027-01-01',
      '2027-01-04',
      '2027-01-08',
    ]);
  });

  test('given an instant at which it is due, the next one is strictly later; start is inside, end outside', () => {
    const recurrence = daily('12:00', { start: at('2027-01-05T12:00Z'), end: at('2027-01-07T12:00Z') });
    expect(first(9, recurrence)).toEqual(['2027-01-05', '2027-01-06']);
    expect(next(recurrence, at('2027-01-05T12:00Z'))).toBe(at('2027-01-06T12:00Z'));
  });
});

describe('cron', () => {
  test.each([
    ['0 9 * * 1-5', ['2027-01-01T09:00Z', '2027-01-04T09:00Z']],
    ['30 */6 * * *', ['2027-01-01T00:30Z', '2027-01-01T06:30Z']],
    ['*/20 0 1 * *', ['2027-01-01T00:20Z', '2027-01-01T00:40Z', '2027-02-01T00:00Z']],
    ['15 10 L * *', ['2027-01-31T10:15Z', '2027-02-28T10:15Z']],
    ['0 0 * * 5L', ['2027-01-29T00:00Z', '2027-02-26T00:00Z']],
    ['0 0 * * 1#2', ['2027-01-11T00:00Z', '2027-02-08T00:00Z']],
    ['0 0 13 * 5', ['2027-01-08T00:00Z', '2027-01-13T00:00Z', '2027-01-15T00:00Z']],
    ['0 0 31 * *', ['2027-01-31T00:00Z', '2027-03-31T00:00Z']],
    ['0 0 1 jan,jul *', ['2027-07-01T00:00Z', '2028-01-01T00:00Z']],
    ['0 0 * * SUN', ['2027-01-03T00:00Z', '2027-01-10T00:00Z']],
    ['*/30 59 23 31 12 *', ['2027-12-31T23:59Z', '2027-12-31T23:59:30Z', '2028-12-31T23:59Z']],
    ['0 0 1,2 1 0', ['2027-01-02T00:00Z', '2027-01-03T00:00Z', '2027-01-10T00:00Z']],
  ])('given %s, it is due at %j', (expression, expected) => {
    const { instants } = between(cron(expression), FROM, Number.MAX_SAFE_INTEGER, expected.length);
    expect(instants).toEqual(expected.map(at));
  });
});

describe('intervals', () => {
  const every = (everySeconds: number, anchor: number) =>
    recurring({ frequency: 'interval', everySeconds, anchor }, { zone: 'America/New_York' });

  test('given an anchor, steps are counted from it in both directions, whatever clocks do', () => {
    const anchor = at('2027-03-14T00:00:10Z');
    expect(next(every(3_600, anchor), at('2027-03-14T06:59Z'))).toBe(at('2027-03-14T07:00:10Z'));
    expect(next(every(3_600, anchor), at('2026-03-14T06:59Z'))).toBe(at('2026-03-14T07:00:10Z'));
    expect(next(every(3_600, anchor), anchor)).toBe(anchor + 3_600_000);
  });
});
