import { describe, expect, test } from '@jest/globals';
import { between, next } from './index.js';
import { at, cron, daily, recurring } from './testing/recurrences.js';

const NEAR = 20 * 3_600_000;
const around = (instant: number): [number, number, number] => [instant - NEAR, instant + NEAR, 10];

/** Zone, a local date and a time that does not exist on it, and the instant it is shifted to. */
const gaps = [
  ['America/New_York', '02:30', '2027-03-14T07:30Z'],
  ['America/Chicago', '02:30', '2027-03-14T08:30Z'],
  ['America/Denver', '02:30', '2027-03-14T09:30Z'],
  ['America/Los_Angeles', '02:30', '2027-03-14T10:30Z'],
  ['America/St_Johns', '02:30', '2027-03-14T06:00Z'],
  ['America/Havana', '00:30', '2027-03-14T05:30Z'],
  ['America/Nuuk', '23:30', '2027-03-28T01:30Z'],
  ['America/Santiago', '00:30', '2026-09-06T04:30Z'],
  ['America/Caracas', '02:45', '2016-05-01T07:15Z'],
  ['Europe/Berlin', '02:30', '2027-03-28T01:30Z'],
  ['Europe/London', '01:30', '2027-03-28T01:30Z'],
  ['Europe/Dublin', '01:30', '2027-03-28T01:30Z'],
  ['Atlantic/Azores', '00:30', '2027-03-28T01:30Z'],
  ['Antarctica/Troll', '02:30', '2027-03-28T02:30Z'],
  ['Africa/Cairo', '00:30', '2027-04-29T22:30Z'],
  ['Asia/Beirut', '00:30', '2027-03-27T22:30Z'],
  ['Asia/Jerusalem', '02:30', '2027-03-26T00:30Z'],
  ['Asia/Kathmandu', '00:10', '1985-12-31T18:40Z'],
  ['Asia/Pyongyang', '23:45', '2018-05-04T15:15Z'],
  ['Australia/Sydney', '02:30', '2027-10-02T16:30Z'],
  ['Australia/Adelaide', '02:30', '2027-10-02T17:00Z'],
  ['Australia/Lord_Howe', '02:15', '2027-10-02T15:45Z'],
  ['Pacific/Auckland', '02:30', '2027-09-25T14:30Z'],
  ['Pacific/Chatham', '03:00', '2027-09-25T14:15Z'],
] as const;

/** Zone, a time that comes twice, its first instant and its last. */
const folds = [
  ['America/New_York', '01:30', '2027-11-07T05:30Z', '2027-11-07T06:30Z'],
  ['America/Chicago', '01:30', '2027-11-07T06:30Z', '2027-11-07T07:30Z'],
  ['America/Denver', '01:30', '2027-11-07T07:30Z', '2027-11-07T08:30Z'],
  ['America/Los_Angeles', '01:30', '2027-11-07T08:30Z', '2027-11-07T09:30Z'],
  ['America/St_Johns', '01:30', '2027-11-07T04:00Z', '2027-11-07T05:00Z'],
  ['America/Havana', '00:30', '2027-11-07T04:30Z', '2027-11-07T05:30Z'],
  ['America/Nuuk', '23:30', '2027-10-31T00:30Z', '2027-10-31T01:30Z'],
  ['America/Santiago', '23:30', '2027-04-04T02:30Z', '2027-04-04T03:30Z'],
  ['Europe/Berlin', '02:30', '2027-10-31T00:30Z', '2027-10-31T01:30Z'],
  ['Europe/London', '01:30', '2027-10-31T00:30Z', '2027-10-31T01:30Z'],
  ['Europe/Dublin', '01:30', '2027-10-31T00:30Z', '2027-10-31T01:30Z'],
  ['Atlantic/Azores', '00:30', '2027-10-31T00:30Z', '2027-10-31T01:30Z'],
  ['Antarctica/Troll', '02:30', '2027-10-31T00:30Z', '2027-10-31T02:30Z'],
  ['Africa/Cairo', '23:30', '2027-10-28T20:30Z', '2027-10-28T21:30Z'],
  ['Asia/Beirut', '23:30', '2027-10-30T20:30Z', '2027-10-30T21:30Z'],
  ['Asia/Jerusalem', '01:30', '2027-10-30T22:30Z', '2027-10-30T23:30Z'],
  ['Asia/Pyongyang', '23:45', '2015-08-14T14:45Z', '2015-08-14T15:15Z'],
  ['Australia/Sydney', '02:30', '2027-04-03T15:30Z', '2027-04-03T16:30Z'],
  ['Australia/Adelaide', '02:30', '2027-04-03T16:00Z', '2027-04-03T17:00Z'],
  ['Australia/Lord_Howe', '01:45', '2027-04-03T14:45Z', '2027-04-03T15:15Z'],
  ['Pacific/Auckland', '02:30', '2027-04-03T13:30Z', '2027-04-03T14:30Z'],
  ['Pacific/Chatham', '03:00', '2027-04-03T13:15Z', '2027-04-03T14:15Z'],
] as const;

const asCron = (time: string): string => `${Number(time.slice(3))} ${Number(time.slice(0, 2))} * * *`;

describe('the night clocks go forward', () => {
  test.each(gaps)('given a daily rule in %s at %s, it is due at %s, or left out', (zone, time, shifted) => {
    const instant = at(shifted);
    for (const recurrence of [daily(time, { zone }), cron(asCron(time), { zone })]) {
      expect(between(recurrence, ...around(instant)).instants).toEqual([instant]);
      expect(between({ ...recurrence, gap: 'skip' }, ...around(instant)).instants).toEqual([]);
    }
  });

  test('given a time that is shifted onto another one, both are one occurrence', () => {
    const recurrence = recurring(
      { frequency: 'daily', times: ['02:30', '03:30'] },
      { zone: 'America/New_York' },
    );
    expect(between(recurrence, ...around(at('2027-03-14T07:30Z'))).instants).toEqual([
      at('2027-03-14T07:30Z'),
    ]);
  });

  test('given an hourly rule, the hour that is skipped has none', () => {
    const recurrence = recurring({ frequency: 'hourly', minute: 30 }, { zone: 'America/New_York' });
    expect(next(recurrence, at('2027-03-14T06:30Z'))).toBe(at('2027-03-14T07:30Z'));
  });

  test('given a wildcard cron of hour 2, that night has none; given one of fixed times, it is shifted', () => {
    const from = at('2027-03-14T05:00Z');
    const to = at('2027-03-14T12:00Z');
    expect(between(cron('*/15 2 * * *', { zone: 'America/New_York' }), from, to, 9).instants).toEqual([]);
    expect(between(cron('0,30 2 * * *', { zone: 'America/New_York' }), from, to, 9).instants).toEqual([
      at('2027-03-14T07:00Z'),
      at('2027-03-14T07:30Z'),
    ]);
  });
});

describe('the night clocks go back', () => {
  test.each(folds)(
    'given a daily rule in %s at %s, it is due at %s, at %s, or both',
    (zone, time, ...two) => {
      const [first, last] = two.map(at) as [number, number];
      for (const recurrence of [daily(time, { zone }), cron(asCron(time), { zone })]) {
        const due = (fold: 'first' | 'last' | 'both') =>
          between({ ...recurrence, fold }, ...around(first)).instants;
        expect([due('first'), due('last'), due('both')]).toEqual([[first], [last], [first, last]]);
      }
    },
  );

  test.each([
    cron('30 1 7 11 *', { zone: 'America/New_York', fold: 'both' }),
    recurring(
      { frequency: 'weekly', weekdays: ['sunday'], times: ['01:30'] },
      { zone: 'America/New_York', fold: 'both' },
    ),
  ])('given %j, whose next date is far, the second pass of this one is not jumped over', (recurrence) => {
    expect(next(recurrence, at('2027-11-07T05:30Z'))).toBe(at('2027-11-07T06:30Z'));
  });

  test('given an hourly rule, both real hours have one, whatever the fold policy', () => {
    const recurrence = recurring({ frequency: 'hourly', minute: 30 }, { zone: 'America/New_York' });
    const { instants } = between(recurrence, at('2027-11-07T05:00Z'), at('2027-11-07T08:00Z'), 9);
    expect(instants).toEqual(['2027-11-07T05:30Z', '2027-11-07T06:30Z', '2027-11-07T07:30Z'].map(at));
  });

  test('given a wildcard cron, every step of both hours is due; given a list of minutes, only those of one', () => {
    const zone = 'Europe/Berlin';
    const count = (expression: string) =>
      between(cron(expression, { zone }), at('2027-10-30T22:00Z'), at('2027-10-31T04:00Z'), 99).instants
        .length;
    expect(count('*/15 2 * * *')).toBe(8);
    expect(count('0,15,30,45 2 * * *')).toBe(4);
    expect(count('0 * * * *')).toBe(6);
    expect(count('0 0-4 * * *')).toBe(4);
  });

  test('given clocks that move by half an hour, an hourly rule is due whenever they read its minute', () => {
    const recurrence = recurring({ frequency: 'hourly', minute: 45 }, { zone: 'Australia/Lord_Howe' });
    const { instants } = between(recurrence, at('2027-04-03T14:00Z'), at('2027-04-03T17:00Z'), 9);
    expect(instants).toEqual(['2027-04-03T14:45Z', '2027-04-03T15:15Z', '2027-04-03T16:15Z'].map(at));
  });
});

describe('where the date line moved', () => {
  test.each([
    ['Pacific/Apia', '2011-12-29T19:00Z', '2011-12-30T19:00Z'],
    ['Pacific/Kwajalein', '1993-08-20T21:00Z', '1993-08-21T21:00Z'],
    ['Pacific/Kiritimati', '1994-12-30T19:00Z', '1994-12-31T19:00Z'],
  ])('given a daily rule at 09:00 in %s, the date that never was adds nothing', (zone, before, following) => {
    for (const gap of ['shift', 'skip'] as const)
      expect(next(daily('09:00', { zone, gap }), at(before))).toBe(at(following));
  });

  test('given a weekly rule on the Friday that Samoa left out, it moves to Saturday, or waits a week', () => {
    const weekly = recurring(
      { frequency: 'weekly', weekdays: ['friday'], times: ['09:00'] },
      { zone: 'Pacific/Apia' },
    );
    const after = at('2011-12-24T00:00Z');
    expect(next(weekly, after)).toBe(at('2011-12-30T19:00Z'));
    expect(next({ ...weekly, gap: 'skip' }, after)).toBe(at('2012-01-05T19:00Z'));
  });
});
