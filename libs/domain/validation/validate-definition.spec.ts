import { describe, expect, test } from '@jest/globals';
import { HOUR, MINUTE } from '#lib/domain/kernel';
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

test('a connection that nobody has registered is warned of, where connectors do the work', () => {
  const found = validateDefinition(definition(), { ...facts, unregistered: true });
  expect(found).toMatchObject([
    { severity: 'warning', code: 'connection_not_registered', field: 'connection' },
  ]);
  expect(validateDefinition(definition(), facts)).toEqual([]);
});

describe('times that lie close together only in a night in which clocks change', () => {
  // 02:55 does not exist on 28 March 2027 in Berlin, and is 03:55 then.
  const berlin = { ...hourly, frequency: 'daily', zone: 'Europe/Berlin', times: ['02:55', '04:00'] } as const;
  const found = (now: number) =>
    validateDefinition(definition({ recurrence: berlin }), { ...facts, now })
      .filter(({ kind }) => kind === 'quota')
      .map(({ severity, code }) => `${severity} ${code}`);

  test.each([
    ['in the weeks before that night', Date.UTC(2027, 2, 1), ['warning interval_short_once']],
    ['on its eve', Date.UTC(2027, 2, 27), ['warning interval_short_once']],
    ['in the months after it', Date.UTC(2027, 4, 1), []],
  ])('given that they are asked about %s, are not refused', (_, now, expected) => {
    expect(found(now)).toEqual(expected);
  });

  test('given an hourly rule where clocks move by half an hour, it is not refused before that night either', () => {
    const island = { ...hourly, minute: 45, zone: 'Australia/Lord_Howe' };
    const quotas = { ...facts.quotas, minimumIntervalMs: HOUR };
    const at = (now: number) =>
      validateDefinition(definition({ recurrence: island }), { ...facts, quotas, now })
        .filter(({ kind }) => kind === 'quota')
        .map(({ code }) => code);
    expect(at(Date.UTC(2027, 2, 25))).toEqual(['interval_short_once']);
    expect(at(Date.UTC(2027, 5, 1))).toEqual([]);
  });

  test('given others that lie close together every day, are refused at any time', () => {
    const dense = { ...berlin, times: ['02:55', '03:05'] };
    for (const now of [Date.UTC(2027, 2, 27), Date.UTC(2027, 4, 1)])
      expect(
        validateDefinition(definition({ recurrence: dense }), { ...facts, now }).map(({ code }) => code),
      ).toContain('interval_too_short');
  });
});
