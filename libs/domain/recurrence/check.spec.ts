import { describe, expect, test } from '@jest/globals';
import { affectedByTransitions, checkRecurrence, type Recurrence } from './index.js';
import { always, at, cron, daily, recurring } from './testing/recurrences.js';

const NOW = at('2027-01-01T00:00Z');
const zone = 'America/New_York';
const monthly = (days: Extract<Recurrence, { frequency: 'monthly' }>['days'], shortMonth: 'clamp' | 'skip') =>
  recurring({ frequency: 'monthly', days, times: ['12:00'], shortMonth });
const codes = (recurrence: Recurrence): string[] =>
  checkRecurrence(recurrence, NOW).map(({ code, field }) => `${code} ${field}`);

describe('errors', () => {
  test.each<readonly [string, Recurrence, string]>([
    ['an unknown zone', daily('12:00', { zone: 'Mars/Olympus' }), 'unknown_zone zone'],
    ['an offset for a zone', daily('12:00', { zone: '+02:00' }), 'unknown_zone zone'],
    ['a time past midnight', daily('24:00'), 'invalid_time times[0]'],
    ['a time of one digit', daily('9:00'), 'invalid_time times[0]'],
    ['no times', recurring({ frequency: 'daily', times: [] }), 'empty_list times'],
    [
      'no weekdays',
      recurring({ frequency: 'weekly', weekdays: [], times: ['12:00'] }),
      'empty_list weekdays',
    ],
    ['no days', monthly([], 'skip'), 'empty_list days'],
    ['day 32', monthly([1, 32], 'clamp'), 'invalid_day days[1]'],
    ['minute 60', recurring({ frequency: 'hourly', minute: 60 }), 'invalid_minute minute'],
    [
      'half a second',
      recurring({ frequency: 'interval', everySeconds: 0.5, anchor: 0 }),
      'invalid_interval every',
    ],
    ['a minute that is none', cron('61 * * * *'), 'invalid_cron expression'],
    ['four fields', cron('* * * *'), 'invalid_cron expression'],
    ['an endless expression', cron(`${'1,'.repeat(200)}1 * * * *`), 'invalid_cron expression'],
    ['an end at the start', daily('12:00', { start: NOW, end: NOW }), 'end_before_start end'],
    ['an end past all dates', daily('12:00', { end: 9e15 }), 'invalid_instant end'],
    ['30 February', daily('12:00', { excludedDates: ['2027-02-30'] }), 'invalid_date excludedDates[0]'],
    [
      'an empty blackout',
      daily('12:00', { blackouts: [{ weekdays: ['monday'], from: '01:00', to: '01:00:00' }] }),
      'empty_blackout blackouts[0]',
    ],
    ['a negative spread', daily('12:00', { spreadMs: -1 }), 'invalid_spread spread'],
    ['a spread of two days', daily('12:00', { spreadMs: 172_800_000 }), 'invalid_spread spread'],
    ['a cron that names no date', cron('0 0 30 2 *'), 'never_due expression'],
    ['blackouts over everything', daily('12:00', { blackouts: always }), 'never_due blackouts'],
    ['an end in the past', daily('12:00', { end: NOW - 1 }), 'never_due end'],
    ['an end before the first one', daily('12:00', { end: NOW + 1_000 }), 'never_due end'],
  ])('given %s, it is refused where it stands', (_, recurrence, expected) => {
    expect(codes(recurrence)).toEqual([expected]);
    for (const { severity, message } of checkRecurrence(recurrence, NOW)) {
      expect(severity).toBe('error');
      expect(message.length).toBeGreaterThan(20);
    }
  });

  test('given a good recurrence, there is nothing to say', () => {
    expect(checkRecurrence(daily('12:00', { zone, spreadMs: 60_000 }), NOW)).toEqual([]);
  });
});

describe('warnings', () => {
  test.each<readonly [string, Recurrence, string, RegExp]>([
    ['day 31 that clamps', monthly([31], 'clamp'), 'short_month days[0]', /shortMonth: clamp/],
    ['day 29 that skips', monthly([29], 'skip'), 'short_month days[0]', /shortMonth: skip/],
    ['a fifth friday', monthly([{ nth: 5, weekday: 'friday' }], 'skip'), 'short_month days[0]', /fifth/],
    ['day 31 of a cron', cron('0 0 31 * *'), 'short_month expression', /31.*"L"/],
    [
      'the coming year excluded',
      recurring(
        { frequency: 'monthly', days: [1], times: ['12:00'], shortMonth: 'skip' },
        {
          excludedDates: Array.from(
            { length: 24 },
            (_, month) => `${2027 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`,
          ),
        },
      ),
      'excluded_for_a_year excludedDates',
      /2029-01-01/,
    ],
    [
      'a start in two years',
      daily('12:00', { start: at('2029-01-01T00:00Z') }),
      'not_due_for_a_year frequency',
      /2029/,
    ],
    ['a time in the gap', daily('02:30', { zone }), 'dst_gap gap', /02:30 .* 2027-03-14 .*shift.*07:30/],
    ['a time in the fold', daily('01:30', { zone }), 'dst_fold fold', /01:30 .* 2027-11-07 .*first.*05:30/],
  ])('given %s, it is told', (_, recurrence, expected, words) => {
    expect(codes(recurrence)).toEqual([expected]);
    const [found] = checkRecurrence(recurrence, NOW);
    expect(found?.severity).toBe('warning');
    expect(found?.message).toMatch(words);
  });
});

test('given more times in a gap than are told one by one, the rest are counted', () => {
  const found = checkRecurrence(cron('0-59 2 * * *', { zone }), NOW);
  expect(found.map(({ code }) => code)).toEqual([...Array.from({ length: 5 }, () => 'dst_gap'), 'dst_more']);
  expect(found.at(-1)?.message).toContain('55 more');
});

describe('times that clock changes touch', () => {
  const year = [NOW, at('2028-01-01T00:00Z')] as const;

  test('given a time in the gap and one in the fold, each is named with what becomes of it', () => {
    const recurrence = recurring({ frequency: 'daily', times: ['01:30', '02:30'] }, { zone, fold: 'both' });
    expect(affectedByTransitions(recurrence, ...year)).toEqual([
      { date: '2027-03-14', kind: 'gap', localTime: '02:30', instants: [at('2027-03-14T07:30Z')] },
      {
        date: '2027-11-07',
        kind: 'fold',
        localTime: '01:30',
        instants: [at('2027-11-07T05:30Z'), at('2027-11-07T06:30Z')],
      },
    ]);
  });

  test('given gap skip, the time is named with no instant', () => {
    expect(affectedByTransitions(daily('02:30', { zone, gap: 'skip' }), ...year)).toEqual([
      { date: '2027-03-14', kind: 'gap', localTime: '02:30', instants: [] },
    ]);
  });

  test.each<readonly [string, Recurrence]>([
    ['an hourly rule', recurring({ frequency: 'hourly', minute: 30 }, { zone })],
    ['a wildcard cron', cron('*/5 * * * *', { zone })],
    ['an excluded date', daily('02:30', { zone, excludedDates: ['2027-03-14'] })],
    ['an end before the change', daily('02:30', { zone, end: at('2027-02-01T00:00Z') })],
    ['a zone whose clocks stand', daily('02:30', { zone: 'Asia/Tokyo' })],
  ])('given %s, nothing is touched', (_, recurrence) => {
    expect(affectedByTransitions(recurrence, ...year)).toEqual([]);
  });
});
