import { expect, test } from '@jest/globals';
import { between, next, type Blackout, type Weekday } from './index.js';
import { always, at, cron, daily, recurring } from './testing/recurrences.js';

const everyday = always[0].weekdays;
const blackout = (from: string, to: string, weekdays: readonly Weekday[] = everyday): Blackout => ({
  weekdays,
  from,
  to,
});

test('given excluded dates, they are left out by the local date, not the one in UTC', () => {
  const recurrence = daily('20:00', { zone: 'America/New_York', excludedDates: ['2027-01-02'] });
  // 20:00 on 2 January in New York is 3 January in UTC.
  expect(next(recurrence, at('2027-01-02T02:00Z'))).toBe(at('2027-01-04T01:00Z'));
});

test('given a blackout past midnight, it covers the next morning up to, but not at, its end', () => {
  const recurrence = recurring(
    { frequency: 'hourly', minute: 0 },
    { blackouts: [blackout('22:00', '03:00', ['sunday'])] },
  );
  const { instants } = between(recurrence, at('2027-01-03T20:30Z'), at('2027-01-04T04:00Z'), 9);
  expect(instants).toEqual(['2027-01-03T21:00Z', '2027-01-04T03:00Z', '2027-01-04T04:00Z'].map(at));
});

test('given a blackout over a gap, the time shifted out of it is due and one shifted into it is not', () => {
  const zone = 'America/New_York';
  const near = [at('2027-03-14T00:00Z'), at('2027-03-14T23:00Z'), 9] as const;
  const due = (from: string, to: string) =>
    between(daily('02:30', { zone, blackouts: [blackout(from, to)] }), ...near).instants;
  expect(due('02:00', '03:00')).toEqual([at('2027-03-14T07:30Z')]);
  expect(due('03:00', '04:00')).toEqual([]);
});

test('given a blackout over a fold, both hours of it are left out', () => {
  const recurrence = recurring(
    { frequency: 'hourly', minute: 30 },
    { zone: 'America/New_York', blackouts: [blackout('01:00', '02:00')] },
  );
  expect(next(recurrence, at('2027-11-07T04:30Z'))).toBe(at('2027-11-07T07:30Z'));
});

test('given an interval of a second and all but one minute a week blacked out, it goes on in that minute', () => {
  const recurrence = recurring(
    { frequency: 'interval', everySeconds: 1, anchor: 0 },
    {
      blackouts: [
        blackout(
          '00:00',
          '00:00:00',
          everyday.filter((day) => day !== 'monday'),
        ),
        blackout('00:00', '12:00', ['monday']),
        blackout('12:01', '00:00', ['monday']),
      ],
    },
  );
  expect(next(recurrence, at('2027-01-04T12:00:59Z'))).toBe(at('2027-01-11T12:00Z'));
});

test('given a decade of excluded dates, it is due the day after', () => {
  const first = Temporal.PlainDate.from('2027-01-01');
  const excludedDates = Array.from({ length: 3_652 }, (_, days) => first.add({ days }).toString());
  const after = at('2026-12-31T23:59Z');
  for (const recurrence of [daily('03:00', { excludedDates }), cron('0 3 * * *', { excludedDates })])
    expect(next(recurrence, after)).toBe(at('2036-12-31T03:00Z'));
});
