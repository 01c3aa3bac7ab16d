import { describe, expect, test } from '@jest/globals';
import type { Recurrence } from '../api/shapes.js';
import { draftOf, monthDay, newRecurrence, recurrenceOf } from './recurrence-draft.js';

const common = {
  zone: 'Europe/Berlin',
  excludedDates: ['2027-12-24'],
  blackouts: [],
  gap: 'shift',
  fold: 'first',
};
const recurrences: readonly Recurrence[] = [
  { frequency: 'hourly', minute: 5, ...common },
  { frequency: 'daily', times: ['03:00', '15:30:30'], ...common },
  { frequency: 'weekly', weekdays: ['monday', 'friday'], times: ['03:00'], ...common },
  {
    frequency: 'monthly',
    days: [1, 'last', { nth: 2, weekday: 'tuesday' }, { nth: 'last', weekday: 'friday' }],
    times: ['03:00'],
    shortMonth: 'skip',
    ...common,
  },
  { frequency: 'cron', expression: '0 3 * * 1-5', ...common },
];

describe('given a schedule as the service shows it', () => {
  test.each(recurrences)('a $frequency form that nobody touched says the same again', (recurrence) => {
    expect(recurrenceOf(draftOf(recurrence))).toEqual(recurrence);
  });

  test('an interval keeps its anchor, and says its length in seconds', () => {
    const interval = {
      frequency: 'interval',
      every: 'PT1H30M',
      anchor: '2027-01-01T00:00:00Z',
      ...common,
    } as const;
    expect(draftOf(interval)).toMatchObject({ every: '90', unit: 'minutes' });
    expect(recurrenceOf(draftOf(interval))).toEqual({ ...interval, every: 5_400 });
    const daily = recurrenceOf({ ...draftOf(interval), frequency: 'daily' });
    expect(daily).not.toHaveProperty('anchor');
    expect(daily).toMatchObject({ frequency: 'daily', excludedDates: ['2027-12-24'] });
  });

  test('a spread is told in minutes', () => {
    expect(draftOf({ frequency: 'hourly', spread: 'PT30M' }).spread).toBe('30');
    expect(recurrenceOf({ ...newRecurrence, spread: '1.5' })).toMatchObject({ spread: 90 });
  });
});

test.each([
  ['31', 31],
  ['2nd', 2],
  ['last', 'last'],
  ['last day', 'last'],
  ['2 tue', { nth: 2, weekday: 'tuesday' }],
  ['3rd Friday', { nth: 3, weekday: 'friday' }],
  ['last sunday', { nth: 'last', weekday: 'sunday' }],
  ['2 nonsense', '2 nonsense'],
])('“%s” in a month', (text, day) => {
  expect(monthDay(text)).toEqual(day);
});
