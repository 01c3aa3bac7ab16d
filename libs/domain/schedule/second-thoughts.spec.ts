import { describe, expect, test } from '@jest/globals';
import { HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
import { schedule, type LivingSchedule, type ScheduleCommand } from '#lib/domain/schedule';
import {
  advance,
  create,
  fail,
  hourly,
  hourlyRun,
  pause,
  scenario,
  start,
  succeed,
  T0,
} from '#lib/domain/testing';

/** What was asked for, or has been decided, and then something about the schedule changes. */

const { run, given } = scenario(schedule);
const skipNext = (now: number): ScheduleCommand => ({ type: 'SkipNextOccurrence', now });
const resume = (now: number): ScheduleCommand => ({ type: 'ResumeSchedule', now });
const update = (now: number, changes: object): ScheduleCommand => ({ type: 'UpdateSchedule', now, changes });
const spread = (now: number, spreadMs = SECOND): ScheduleCommand =>
  update(now, { recurrence: { ...hourly, spreadMs } });
const soon = T0 + MINUTE;

/** Hours after T0 at which an occurrence was made a run. */
function hoursRun(...commands: readonly ScheduleCommand[]): readonly number[] {
  return run(...commands).events.flatMap((event) =>
    event.type === 'RunQueued' && event.data.attempt === 1 ? [(event.data.nominal - T0) / HOUR] : [],
  );
}
const hours = (first: number, last: number): readonly ScheduleCommand[] =>
  Array.from({ length: last - first + 1 }, (_, n) => advance(T0 + (first + n) * HOUR + SECOND));
const done = (hour: number, fence: number, now: number, generation = 1): readonly ScheduleCommand[] => [
  start(hourlyRun(hour, generation), now),
  succeed(hourlyRun(hour, generation), fence, now),
];

describe('given occurrences to come that were skipped on request', () => {
  const twice = [create({ overlap: 'allow_all' }), skipNext(soon), skipNext(soon + 1)];

  test('another recurrence that has both of them next runs neither', () => {
    expect(hoursRun(...twice, spread(soon + 2), ...hours(1, 4))).toEqual([3, 4]);
  });

  test('a pause in which the recurrence changes does not bring them back', () => {
    const changed = [pause(soon + 2), spread(soon + 3), resume(soon + 4)];
    expect(hoursRun(...twice, ...changed, ...hours(1, 4))).toEqual([3, 4]);
  });

  test('a change that is taken back does not bring them back', () => {
    const half = update(soon + 2, { recurrence: { ...hourly, minute: 30 } });
    const back = update(soon + 3, { recurrence: hourly });
    expect(hoursRun(...twice, half, back, ...hours(1, 4))).toEqual([3, 4]);
  });

  test('a recurrence that has others before and between them runs those', () => {
    const halves = { ...hourly, frequency: 'interval', everySeconds: 1_800, anchor: T0 };
    const each = Array.from({ length: 6 }, (_, n) => advance(T0 + (n + 1) * 30 * MINUTE + SECOND));
    expect(hoursRun(...twice, update(soon + 2, { recurrence: halves }), ...each)).toEqual([0.5, 1.5, 2.5, 3]);
  });
});

describe('given a clock that was set back after hours were decided', () => {
  const decided = [
    create(),
    ...hours(2, 2),
    ...done(2, 1, T0 + 2 * HOUR + SECOND),
    ...hours(3, 3),
    ...done(3, 2, T0 + 3 * HOUR + SECOND),
  ];

  test('a change of the recurrence does not run them again, nor says that somebody skipped them', () => {
    const changed = spread(T0 + HOUR + 30 * MINUTE);
    expect(hoursRun(...decided, changed, ...hours(2, 4)).slice(2)).toEqual([4]);
    const { events } = run(...decided, changed);
    expect(events.at(-1)?.type).toBe('ScheduleUpdated');
  });
});

describe('given occurrences that are due and not decided yet', () => {
  const one = [create(), ...hours(1, 1), ...done(1, 1, T0 + HOUR + SECOND)];
  const later = T0 + 2 * HOUR + 90 * SECOND;

  test('fewer that may run, or another policy, are no reason to leave them undecided', () => {
    for (const changes of [{ maxRuns: 1 }, { catchUp: { policy: 'skip', windowMs: 24 * HOUR, cap: 100 } }])
      expect(hoursRun(...one, update(later, changes), advance(later))).toEqual([1, 2]);
  });
});

describe('given a schedule that may run once', () => {
  test('paused before its run has started, it runs once it goes on', () => {
    const paused = [
      create({ maxRuns: 1 }),
      ...hours(1, 1),
      pause(T0 + HOUR + MINUTE),
      resume(T0 + HOUR + 2 * MINUTE),
    ];
    const { state } = run(...paused);
    expect(state).toMatchObject({ status: 'active', occurrencesRun: 0 });
    expect(hoursRun(...paused, ...hours(2, 3))).toEqual([1, 2]);
  });

  test('paused while it runs, it has run', () => {
    const begun = [create({ maxRuns: 1 }), ...hours(1, 1), start(hourlyRun(1), T0 + HOUR + SECOND)];
    const { state } = run(
      ...begun,
      pause(T0 + HOUR + MINUTE),
      succeed(hourlyRun(1), 1, T0 + HOUR + 2 * MINUTE),
      resume(T0 + HOUR + 3 * MINUTE),
    );
    expect(state.status).toBe('completed');
  });
});

describe('given a schedule that is paused', () => {
  const trigger = (now: number): ScheduleCommand => ({ type: 'TriggerRun', now, request: 'r1' });
  const asked = [create(), pause(soon), trigger(soon + 1), start('s1.m.r1', soon + 2)];

  test('a run that was asked for since is tried again when it fails', () => {
    const { events, state } = run(...asked, fail('s1.m.r1', 1, soon + 3));
    expect(events.at(-1)?.type).toBe('RetryScheduled');
    const [open] = (state as LivingSchedule).open;
    const resumeAt = open?.status === 'retrying' ? open.resumeAt : NaN;
    expect(run(...asked, fail('s1.m.r1', 1, soon + 3), advance(resumeAt)).events.at(-1)).toMatchObject({
      type: 'RunQueued',
      data: { attempt: 2 },
    });
  });

  test('because its connection is suspended, it takes no request to run', () => {
    const { past } = run(create(), pause(soon, { cause: 'connection_suspended' }));
    given(...past)
      .when(trigger(soon + 1))
      .thenRejected('connection_suspended');
    given(...past)
      .when({ type: 'BackfillRange', request: 'b1', from: T0 - 3 * HOUR, to: T0, now: soon + 1 })
      .thenRejected('connection_suspended');
  });
});
