import { describe, expect, test } from '@jest/globals';
import { HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
import { manualRun, schedule, wakeAt, type ScheduleCommand } from '#lib/domain/schedule';
import { advance, create, hourly, hourlyRun, scenario, start, succeed, T0 } from '#lib/domain/testing';

const given = scenario(schedule);
const pause = (now: number, more: object = {}): ScheduleCommand => ({
  type: 'PauseSchedule',
  now,
  cause: 'request',
  ...more,
});
const resume = (now: number): ScheduleCommand => ({ type: 'ResumeSchedule', now });

describe('updating', () => {
  test('given an occurrence within its spread, a new recurrence does not lose it', () => {
    const { past } = given.run(create({ recurrence: { ...hourly, spreadMs: 30 * MINUTE } }));
    const changes = { recurrence: { ...hourly, minute: 30 } } as const;
    const events = given
      .given(...past)
      .when({ type: 'UpdateSchedule', now: T0 + HOUR + 1, changes })
      .thenTypes('RunQueued', 'ScheduleUpdated');
    expect(events[0]).toMatchObject({ data: { run: hourlyRun(1), generation: 1 } });
    expect(events[1]).toMatchObject({ data: { generation: 2 } });
  });

  test('given nothing differs, nothing happens', () => {
    const { past } = given.run(create());
    given
      .given(...past)
      .when({ type: 'UpdateSchedule', now: T0 + 1, changes: { priority: 'normal' } })
      .thenNothing();
  });

  test('given a stale version, it is refused with the current one', () => {
    const { past } = given.run(create(), {
      type: 'UpdateSchedule',
      now: T0 + 1,
      changes: { priority: 'high' },
    });
    given
      .given(...past)
      .when({ type: 'UpdateSchedule', now: T0 + 2, changes: { priority: 'low' }, ifVersion: 1 })
      .thenRejected('stale_version');
  });

  test('given runs happened since, the version still holds', () => {
    const { past } = given.run(
      create(),
      advance(T0 + HOUR),
      start(hourlyRun(1), T0 + HOUR),
      succeed(hourlyRun(1), 1, T0 + HOUR + 1),
    );
    given
      .given(...past)
      .when({ type: 'UpdateSchedule', now: T0 + 2 * HOUR - 1, changes: { priority: 'low' }, ifVersion: 1 })
      .thenTypes('ScheduleUpdated');
  });

  test('given a field set to null, it is taken away', () => {
    const { state } = given.run(create({ maxRuns: 5 }), {
      type: 'UpdateSchedule',
      now: T0 + 1,
      changes: { maxRuns: undefined },
    });
    expect(state).not.toHaveProperty('definition.maxRuns');
  });
});

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

describe('skipping, triggering, backfilling', () => {
  test('given a next occurrence, skipping it decides it ahead of its time', () => {
    const { past, state } = given.run(create(), { type: 'SkipNextOccurrence', now: T0 + 1 });
    expect(wakeAt(state)).toBe(T0 + 2 * HOUR);
    given
      .given(...past)
      .when(advance(T0 + HOUR))
      .thenNothing();
  });

  test('given a request that was made, making it again does not run again', () => {
    const trigger = { type: 'TriggerRun', now: T0 + 1, request: 'r1' } as const;
    const { past } = given.run(create(), trigger);
    given
      .given(...past)
      .when({ ...trigger, now: T0 + 2 })
      .thenNothing();
    given
      .given(...past)
      .when({ ...trigger, request: 'r2' })
      .thenRejected('run_in_progress');
  });

  test('given a request whose run has ended, making it again does not run again', () => {
    const trigger = { type: 'TriggerRun', now: T0 + 1, request: 'r1' } as const;
    const run = manualRun('s1', 'r1');
    const { past } = given.run(create(), trigger, { type: 'CancelRun', now: T0 + 2, run });
    given
      .given(...past)
      .when({ ...trigger, now: T0 + 3 })
      .thenNothing();
    given
      .given(...past)
      .when({ ...trigger, request: 'r2' })
      .thenTypes('RunQueued');
  });

  test('given a backfill that was made, making it again adds no run', () => {
    const range = { from: T0 - 3 * HOUR, to: T0 };
    const backfill: ScheduleCommand = { type: 'BackfillRange', now: T0, request: 'b.1', ...range };
    const { past } = given.run(create(), backfill);
    given
      .given(...past)
      .when({ ...backfill, now: T0 + 1 })
      .thenNothing();
  });

  test('given a past range, each occurrence in it runs, one after another', () => {
    const { past } = given.run(create());
    const backfill: ScheduleCommand = {
      type: 'BackfillRange',
      now: T0,
      request: 'b',
      from: T0 - 3 * HOUR,
      to: T0,
    };
    given
      .given(...past)
      .when(backfill)
      .thenTypes('RunQueued', 'RunBuffered', 'RunBuffered');
    given
      .given(...past)
      .when({ ...backfill, to: T0 + HOUR })
      .thenRejected('invalid_backfill');
    given
      .given(...past)
      .when({ ...backfill, from: T0 - 10_000 * HOUR })
      .thenRejected('invalid_backfill');
  });
});

describe('deleting', () => {
  test('given open runs, they end with the schedule and a late result is refused', () => {
    const { past } = given.run(create(), advance(T0 + HOUR), start(hourlyRun(1), T0 + HOUR), {
      type: 'DeleteSchedule',
      now: T0 + HOUR + 1,
    });
    given
      .given(...past)
      .when(succeed(hourlyRun(1), 1, T0 + HOUR + 2))
      .thenRejected('late_result');
    given
      .given(...past)
      .when(advance(T0 + 5 * HOUR))
      .thenNothing();
    given
      .given(...past)
      .when(pause(T0 + 5 * HOUR))
      .thenRejected('schedule_deleted');
  });
});
