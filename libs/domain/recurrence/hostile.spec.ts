import { expect, test } from '@jest/globals';
import {
  affectedByTransitions,
  between,
  checkRecurrence,
  countBetween,
  effective,
  latest,
  next,
  type Recurrence,
} from './index.js';
import { always, at, cron, daily, recurring } from './testing/recurrences.js';

const NOW = at('2027-01-01T00:00Z');
const FAR = at('9999-12-31T23:59:59Z');
const sunday = (from: string, to: string) => ({ weekdays: ['sunday'] as const, from, to });
const everyMinuteBut = Array.from({ length: 30 }, (_, minute) => ({
  weekdays: always[0].weekdays,
  from: `02:${String(minute * 2).padStart(2, '0')}`,
  to: `02:${String(minute * 2 + 1).padStart(2, '0')}`,
}));

const never: readonly (readonly [string, Recurrence])[] = [
  ['30 February', cron('0 0 30 2 *')],
  ['31 April or June', cron('0 0 31 4,6 *')],
  ['a Monday that is 31 February', cron('0 0 31 2 +1')],
  ['the first of a month that is the fifth of a weekday', cron('0 0 1 * +0#5,1#5,2#5,3#5,4#5,5#5,6#5')],
  ['every second of 30 February', cron('* * * 30 2 *')],
  ['nothing left by its blackouts, each second', cron('* * * * * *', { blackouts: always })],
  [
    'nothing left by its blackouts, as an interval',
    recurring({ frequency: 'interval', everySeconds: 1, anchor: 0 }, { blackouts: always }),
  ],
  [
    'blackouts over all of its own times',
    daily('02:30', { blackouts: [{ ...always[0], from: '02:00', to: '03:00' }] }),
  ],
  ['thirty blackouts over all of its minutes', cron('*/2 2 * * *', { blackouts: everyMinuteBut })],
  [
    'a blackout on its only weekday',
    recurring(
      { frequency: 'weekly', weekdays: ['sunday'], times: ['12:00'] },
      { blackouts: [sunday('11:00', '13:00')] },
    ),
  ],
  ['an end before its start', daily('02:30', { start: NOW + 1_000_000_000, end: NOW + 1 })],
  ['an end in the past', daily('02:30', { end: NOW })],
  ['a start past every horizon', daily('02:30', { start: at('9000-01-01T00:00Z') })],
  ['no times', recurring({ frequency: 'daily', times: [] })],
  ['no weekdays', recurring({ frequency: 'weekly', weekdays: [], times: ['12:00'] })],
  ['no days', recurring({ frequency: 'monthly', days: [], times: ['12:00'], shortMonth: 'skip' })],
  [
    'day 45',
    recurring({ frequency: 'monthly', days: [45, Number.NaN], times: ['12:00'], shortMonth: 'skip' }),
  ],
  ['minute 99', recurring({ frequency: 'hourly', minute: 99 })],
  ['no interval', recurring({ frequency: 'interval', everySeconds: 0, anchor: 0 })],
  ['an interval backwards', recurring({ frequency: 'interval', everySeconds: -5, anchor: 0 })],
  ['an anchor that is no number', recurring({ frequency: 'interval', everySeconds: 5, anchor: Number.NaN })],
  ['a time that is none', daily('soon')],
];

test.each(never)('given %s, it is never due, and every question ends', (_, recurrence) => {
  expect(next(recurrence, NOW)).toBeUndefined();
  expect(between(recurrence, NOW, FAR, 10)).toEqual({ instants: [], more: false });
  expect(countBetween(recurrence, NOW, FAR, 10)).toEqual({ count: 0, exact: true });
  expect(latest(recurrence, FAR, NOW)).toBeUndefined();
  expect(effective(recurrence, NOW, 'seed')).toBe(NOW);
  expect(affectedByTransitions(recurrence, NOW, FAR)).toEqual([]);
  expect(checkRecurrence(recurrence, NOW).some(({ severity }) => severity === 'error')).toBe(true);
});

test.each([
  daily('02:30', { zone: 'America/New_York' }),
  cron('* * * * * *'),
  recurring({ frequency: 'interval', everySeconds: 1, anchor: 0 }),
  recurring({ frequency: 'hourly', minute: 0 }, { zone: 'Europe/Berlin' }),
])('given any instant up to the end of time, %j answers or is over, and never throws', (recurrence) => {
  for (const year of [2400, 2401, 5000, 9999])
    expect(next(recurrence, at(`${year}-06-01T00:00Z`))).toBeUndefined();
  for (const after of [8.64e15, 8.64e15 + 1, Number.MAX_SAFE_INTEGER, Infinity, Number.NaN])
    expect(next(recurrence, after)).toBeUndefined();
  for (const after of [-1, -8.64e15, -Infinity]) expect(next(recurrence, after)).toBeLessThan(86_400_000);
  expect(next(recurrence, at('2399-12-30T00:00Z'))).toBeGreaterThan(at('2399-12-30T00:00Z'));
});

test('given the same question again, or an equal definition, the answer is the same', () => {
  const ask = () => daily('02:30', { zone: 'America/New_York' });
  const recurrence = ask();
  const answers = Array.from({ length: 100 }, (_, day) => next(recurrence, NOW + day * 86_400_000));
  expect(answers.map((_, day) => next(recurrence, NOW + day * 86_400_000))).toEqual(answers);
  expect(answers.map((_, day) => next(ask(), NOW + day * 86_400_000))).toEqual(answers);
});
