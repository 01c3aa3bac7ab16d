import { describe, expect, test } from '@jest/globals';
import { HOUR, MINUTE } from '#lib/domain/kernel';
import { manualRun, schedule, wakeAt, type ScheduleCommand } from '#lib/domain/schedule';
import { advance, create, hourly, hourlyRun, pause, scenario, start, succeed, T0 } from '#lib/domain/testing';

const given = scenario(schedule);

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

  test('given an occurrence within its spread, and the recurrence stays, it waits for its time', () => {
    const { past } = given.run(create({ recurrence: { ...hourly, spreadMs: 30 * MINUTE } }));
    const [updated] = given
      .given(...past)
      .when({ type: 'UpdateSchedule', now: T0 + HOUR + 1, changes: { name: 'new' } })
      .thenTypes('ScheduleUpdated');
    expect(updated).toEqual({ type: 'ScheduleUpdated', data: { changes: { name: 'new' }, generation: 1 } });
  });

  test('given a pause, what the old recurrence had in it is missed, and told once', () => {
    const paused = given.given(...given.run(create(), pause(T0 + MINUTE)).past);
    const now = T0 + 3 * HOUR + MINUTE;
    const changes = { recurrence: { ...hourly, minute: 30 } } as const;
    const [missed] = paused
      .when({ type: 'UpdateSchedule', now, changes })
      .thenTypes('OccurrencesMissed', 'ScheduleUpdated');
    expect(missed).toMatchObject({
      data: { first: T0 + HOUR, last: T0 + 3 * HOUR, count: 3, reason: 'paused', generation: 1 },
    });
    paused.when({ type: 'UpdateSchedule', now, changes: { name: 'new' } }).thenTypes('ScheduleUpdated');
  });

  test('given as many have run as may by now, it completes, and takes no more changes', () => {
    const { past } = given.run(
      create(),
      advance(T0 + HOUR),
      start(hourlyRun(1), T0 + HOUR),
      succeed(hourlyRun(1), 1, T0 + HOUR + 1),
    );
    const fewer: ScheduleCommand = { type: 'UpdateSchedule', now: T0 + HOUR + 2, changes: { maxRuns: 1 } };
    const [, over] = given
      .given(...past)
      .when(fewer)
      .thenTypes('ScheduleUpdated', 'ScheduleCompleted');
    const completed = given.given(
      ...past,
      [fewer.now, { type: 'ScheduleUpdated', data: { changes: { maxRuns: 1 }, generation: 1 } }],
      [fewer.now, over as NonNullable<typeof over>],
    );
    for (const command of [{ ...fewer, changes: { maxRuns: 9 } }, pause(fewer.now + 1)])
      completed.when(command).thenRejected('schedule_completed');
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
