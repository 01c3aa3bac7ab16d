import { expect, test } from '@jest/globals';
import { HOUR, MINUTE } from '#lib/domain/kernel';
import { schedule, type LivingSchedule, type ScheduleCommand } from '#lib/domain/schedule';
import { advance, create, hourly, hourlyRun, pause, scenario, start, T0 } from '#lib/domain/testing';
import { Log } from '../testing/log.js';
import { modelOf } from '../testing/model.js';

const later = T0 + 8 * HOUR + 1;
const update = (changes: object, now = later): ScheduleCommand => ({ type: 'UpdateSchedule', now, changes });
const began = [advance(T0 + HOUR), start(hourlyRun(1), T0 + HOUR)];
const resume: ScheduleCommand = { type: 'ResumeSchedule', now: later };

test.each<[string, readonly ScheduleCommand[]]>([
  ['of which more may run than had', [create({ maxRuns: 1 }), ...began, update({ maxRuns: 9 })]],
  ['of which fewer may run than had', [create({ maxRuns: 9 }), ...began, update({ maxRuns: 1 })]],
  ['whose name changed', [create(), ...began, update({ name: 'new' })]],
  [
    'whose recurrence changed after an occurrence to come was skipped',
    [
      create(),
      { type: 'SkipNextOccurrence', now: T0 + 1 },
      update({ recurrence: { ...hourly, spreadMs: 1 } }, T0 + 2),
    ],
  ],
  [
    'whose recurrence changed after its clock was set back',
    [create(), ...began, update({ recurrence: { ...hourly, spreadMs: 1 } }, T0 + 2)],
  ],
  [
    'that was paused before it had run',
    [create({ maxRuns: 1 }), advance(T0 + HOUR), pause(later - HOUR), resume],
  ],
  ['that was paused and goes on', [create({ maxRuns: 1 }), ...began, pause(T0 + HOUR + MINUTE), resume]],
])('given a schedule %s, what is shown to come next is what the aggregate has', (_, commands) => {
  const { past, state } = scenario(schedule).run(...commands);
  const log = new Log();
  for (const [at, event] of past) log.at(at).schedule('s1', event);
  const { highWater, occurrencesRun } = state as LivingSchedule;
  expect(modelOf(log).schedule('default', 's1')).toMatchObject({ highWater, occurrencesRun });
});
