import { describe, expect, test } from '@jest/globals';
import { MINUTE } from '#lib/domain/kernel';
import type { ScheduleDefinition } from '#lib/domain/schedule';
import { definition, hourly, T0 } from '#lib/domain/testing';
import { validateDefinition } from './validate-definition.js';

const facts = {
  now: T0 + 5 * MINUTE,
  sameConnection: [],
  counts: { user: 0, userProvider: 0 },
  quotas: { schedulesPerUser: 10, schedulesPerUserAndProvider: 10, minimumIntervalMs: 15 * MINUTE },
};
const codes = (recurrence: ScheduleDefinition['recurrence']) =>
  validateDefinition(definition({ recurrence }), facts).map(({ code }) => code);
const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

describe('a provider that allows every quarter of an hour', () => {
  test('given fifty times that keep to it, and then one a minute, they are refused whenever they are asked about', () => {
    const times = [
      ...Array.from({ length: 50 }, (_, n) => clock(15 + n * 15)),
      ...Array.from({ length: 46 }, (_, n) => clock(13 * 60 + n)),
    ];
    expect(codes({ ...hourly, frequency: 'daily', times })).toEqual(['interval_too_short']);
  });

  test('given dates left out that thin what comes next, it is judged by what comes after them', () => {
    const excludedDates = Array.from({ length: 28 }, (_, n) => `2027-03-${String(n + 1).padStart(2, '0')}`);
    const dense = { ...hourly, frequency: 'daily', times: ['03:00', '03:05'], excludedDates } as const;
    expect(codes(dense)).toEqual(['interval_too_short']);
  });

  test('given times that keep to it, nothing speaks against them', () => {
    const times = Array.from({ length: 96 }, (_, n) => clock(n * 15));
    expect(codes({ ...hourly, frequency: 'daily', times })).toEqual([]);
  });
});
