import { describe, expect, test } from '@jest/globals';
import { HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
import { schedule, wakeAt, type ScheduleCommand } from '#lib/domain/schedule';
import { advance, create, hourly, hourlyRun, pause, scenario, start, T0 } from '#lib/domain/testing';

const given = scenario(schedule);
const resume = (now: number): ScheduleCommand => ({ type: 'ResumeSchedule', now });

describe('pausing', () => {
  test('given waiting runs, they are cancelled in the same append and nothing is dispatched after', () => {
    const { past } = given.run(create(), advance(T0 + HOUR));
    const events = given
      .given(...past)
      .when(pause(T0 + HOUR + SECOND, { note: 'holiday' }))
      .thenTypes('RunCancelled', 'SchedulePaused');
    expect(events[0]).toMatchObject({ data: { reason: 'schedule_paused' } });
  });

  test('given an occurrence within its spread, it is skipped and says so', () => {
    const { past } = given.run(create({ recurrence: { ...hourly, spreadMs: 30 * MINUTE } }));
    const events = given
      .given(...past)
      .when(pause(T0 + HOUR + 1))
      .thenTypes('OccurrenceSkipped', 'SchedulePaused');
    expect(events[0]).toMatchObject({ data: { nominal: T0 + HOUR, reason: 'paused' } });
  });

  test('given an until, it resumes by itself, and what was due meanwhile is one range', () => {
    const { past, state } = given.run(create(), pause(T0 + MINUTE, { until: T0 + 3 * HOUR + MINUTE }));
    expect(wakeAt(state)).toBe(T0 + 3 * HOUR + MINUTE);
    const events = given
      .given(...past)
      .when(advance(T0 + 3 * HOUR + MINUTE))
      .thenTypes('OccurrencesMissed', 'ScheduleResumed');
    expect(events[0]).toMatchObject({ data: { count: 3, reason: 'paused' } });
  });

  test('given as many have run as may, and the last one has not ended, there is nothing to skip or to miss', () => {
    const { past } = given.run(create({ maxRuns: 1 }), advance(T0 + HOUR));
    given
      .given(...past)
      .when({ type: 'SkipNextOccurrence', now: T0 + HOUR + 1 })
      .thenRejected('no_next_occurrence');
    given
      .given(...past)
      .when(pause(T0 + 5 * HOUR))
      .thenTypes('RunCancelled', 'SchedulePaused');
    const running = given.run(
      create({ maxRuns: 1 }),
      advance(T0 + HOUR),
      start(hourlyRun(1), T0 + HOUR),
      pause(T0 + 5 * HOUR),
    );
    given
      .given(...running.past)
      .when(resume(T0 + 8 * HOUR))
      .thenTypes('ScheduleResumed');
    // Nor does more that may run bring back what the pause had.
    const more = { type: 'UpdateSchedule', now: T0 + 8 * HOUR + 1, changes: { maxRuns: 9 } } as const;
    const { past: raised } = given.run(
      create({ maxRuns: 1, timeoutMs: 24 * HOUR }),
      advance(T0 + HOUR),
      start(hourlyRun(1), T0 + HOUR),
      pause(T0 + 5 * HOUR),
      resume(T0 + 8 * HOUR),
      more,
    );
    given
      .given(...raised)
      .when(advance(T0 + 8 * HOUR + 2))
      .thenNothing();
  });

  test('given an until at which an occurrence is due, that one runs', () => {
    const { past } = given.run(create(), pause(T0 + MINUTE, { until: T0 + 3 * HOUR }));
    const events = given
      .given(...past)
      .when(advance(T0 + 3 * HOUR + 4))
      .thenTypes('OccurrencesMissed', 'ScheduleResumed', 'RunQueued');
    expect(events[0]).toMatchObject({ data: { count: 2, reason: 'paused' } });
    expect(events[2]).toMatchObject({ data: { nominal: T0 + 3 * HOUR } });
  });

  test('given nobody was there when it was over, what was due since is caught up with', () => {
    const { past } = given.run(create(), pause(T0 + MINUTE, { until: T0 + 3 * HOUR }));
    const events = given
      .given(...past)
      .when(advance(T0 + 6 * HOUR + 30 * MINUTE))
      .thenTypes('OccurrencesMissed', 'ScheduleResumed', 'OccurrencesMissed', 'RunQueued');
    expect(events[0]).toMatchObject({ data: { count: 2, reason: 'paused' } });
    expect(events[2]).toMatchObject({ data: { first: T0 + 3 * HOUR, count: 3, reason: 'catch_up_once' } });
    expect(events[3]).toMatchObject({ data: { nominal: T0 + 6 * HOUR, trigger: 'catch_up' } });
  });

  test('given it was over when a person resumes, what was due since is decided at once', () => {
    const paused = pause(T0 + MINUTE, { until: T0 + 3 * HOUR });
    const { past, state } = given.run(create(), paused, resume(T0 + 3 * HOUR + 20));
    expect(wakeAt(state)).toBe(T0 + 3 * HOUR);
    given
      .given(...past)
      .when(advance(T0 + 3 * HOUR + 20))
      .thenTypes('RunQueued');
  });

  test('given it was over when the connection is suspended, it pauses for that', () => {
    const { past } = given.run(create(), pause(T0 + MINUTE, { until: T0 + 3 * HOUR + MINUTE }));
    const suspended = { type: 'PauseSchedule', now: T0 + 4 * HOUR, cause: 'connection_suspended' } as const;
    const events = given
      .given(...past)
      .when(suspended)
      .thenTypes('OccurrencesMissed', 'ScheduleResumed', 'RunQueued', 'RunCancelled', 'SchedulePaused');
    expect(events[0]).toMatchObject({ data: { count: 3, reason: 'paused' } });
    expect(events[4]).toMatchObject({ data: { cause: 'connection_suspended' } });
  });

  test('given it was over when the recurrence changes, what the old one had since is decided', () => {
    const { past } = given.run(create(), pause(T0 + MINUTE, { until: T0 + 3 * HOUR }));
    const changes = { recurrence: { ...hourly, minute: 30 } };
    given
      .given(...past)
      .when({ type: 'UpdateSchedule', now: T0 + 3 * HOUR + 20, changes })
      .thenTypes('OccurrencesMissed', 'ScheduleResumed', 'RunQueued', 'ScheduleUpdated');
  });

  test('given a pause already, pausing again keeps what the first part missed', () => {
    const { past } = given.run(create(), pause(T0 + MINUTE));
    const again = pause(T0 + 2 * HOUR + 1, { until: T0 + 5 * HOUR });
    const events = given
      .given(...past)
      .when(again)
      .thenTypes('OccurrencesMissed', 'SchedulePaused');
    expect(events[0]).toMatchObject({ data: { count: 2, reason: 'paused' } });
  });

  test('given an until in the past, it is refused', () => {
    const { past } = given.run(create());
    given
      .given(...past)
      .when(pause(T0 + HOUR, { until: T0 }))
      .thenRejected('invalid_pause');
  });

  test('given a connection that was suspended, only its restoration or a person resumes', () => {
    const { past } = given.run(create(), { type: 'PauseSchedule', now: T0 + 1, cause: 'request' });
    given
      .given(...past)
      .when({ type: 'ResumeSchedule', now: T0 + 2, cause: 'connection_suspended' })
      .thenNothing();
    given
      .given(...past)
      .when(resume(T0 + 2))
      .thenTypes('ScheduleResumed');
  });

  test('given it is not paused, resuming is refused', () => {
    const { past } = given.run(create());
    given
      .given(...past)
      .when(resume(T0 + 1))
      .thenRejected('not_paused');
  });
});
