import { expect, test } from '@jest/globals';
import { HOUR } from '#lib/domain/kernel';
import { schedule, type ScheduleCommand } from '#lib/domain/schedule';
import { create, definition, hourly as anyHourly, pause, scenario, T0 } from '#lib/domain/testing';
import { Log } from '../testing/log.js';
import { modelOf } from '../testing/model.js';

const { provider } = definition();
const hourly = { ...anyHourly, frequency: 'hourly', minute: 0 } as const;
const later = T0 + HOUR / 2;
const update = (changes: object): ScheduleCommand => ({ type: 'UpdateSchedule', now: later, changes });
const half = { frequency: 'hourly', minute: 30, zone: 'UTC', spreadMs: 0 };
const whole = { ...half, minute: 0 };

/** What is counted after a schedule beside another of the same pattern. */
function counted(...commands: readonly ScheduleCommand[]) {
  const log = new Log();
  for (const [at, event] of scenario(schedule).run(create({ recurrence: hourly })).past)
    log.at(at).schedule('other', event);
  for (const [at, event] of scenario(schedule).run(create({ recurrence: hourly }), ...commands).past)
    log.at(at).schedule('s1', event);
  const { patterns, others } = modelOf(log).load(provider, 10);
  expect(others).toBe(0);
  return patterns.map(({ pattern, schedules }) => [pattern, schedules]);
}

test.each<[string, readonly ScheduleCommand[], readonly (readonly [object, number])[]]>([
  ['as it was created', [], [[whole, 2]]],
  [
    'that is due at another time now',
    [update({ recurrence: { ...hourly, minute: 30 } })],
    [
      [whole, 1],
      [half, 1],
    ],
  ],
  ['whose name changed', [update({ name: 'new' })], [[whole, 2]]],
  [
    'that leaves out a day',
    [update({ recurrence: { ...hourly, excludedDates: ['2027-03-09'] } })],
    [[whole, 2]],
  ],
  ['that is paused', [pause(later)], [[whole, 1]]],
  ['that was paused and goes on', [pause(later), { type: 'ResumeSchedule', now: later + 1 }], [[whole, 2]]],
  ['that was deleted', [{ type: 'DeleteSchedule', now: later }], [[whole, 1]]],
  [
    'that was deleted while it was paused',
    [pause(later), { type: 'DeleteSchedule', now: later + 1 }],
    [[whole, 1]],
  ],
])('given a schedule %s, as many are due together', (_, commands, expected) => {
  expect(counted(...commands)).toEqual(expected);
});

test('given more patterns than are asked for, the others are told by their number', () => {
  const log = new Log();
  for (const minute of [0, 0, 0, 10, 10, 20])
    for (const [at, event] of scenario(schedule).run(create({ recurrence: { ...hourly, minute } })).past)
      log.at(at).schedule(`s${log.head}`, event);
  const model = modelOf(log);
  expect(model.load(provider, 2).patterns.map(({ schedules }) => schedules)).toEqual([3, 2]);
  expect(model.load(provider, 2).others).toBe(1);
  expect([model.loadedProviders(), model.loadedTenants(provider)]).toEqual([[provider], ['default']]);
  expect(model.load('nobody', 2)).toEqual({ patterns: [], others: 0 });
});
