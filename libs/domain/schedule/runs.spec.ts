import { describe, expect, test } from '@jest/globals';
import { DAY, HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
import { schedule, wakeAt, type ScheduleCommand, type ScheduleEvent } from '#lib/domain/schedule';
import { advance, create, fail, hourlyRun, scenario, start, succeed, T0 } from '#lib/domain/testing';

const given = scenario(schedule);
const run = hourlyRun(1);
const due = T0 + HOUR;
const retry = {
  maxAttempts: 3,
  baseMs: 10 * SECOND,
  factor: 2,
  capMs: MINUTE,
  jitter: 'none',
  budgetMs: HOUR,
  retryAfterCapMs: HOUR,
} as const;
const started = (overrides: Parameters<typeof create>[0] = {}) =>
  given.run(create({ retry, ...overrides }), advance(due), start(run, due));
const report = (
  outcome: Extract<ScheduleCommand, { type: 'ReportRun' }>['outcome'],
  fence: number,
  now: number,
  attempt = 1,
): ScheduleCommand => ({
  type: 'ReportRun',
  now,
  run,
  attempt,
  fence,
  outcome,
  fraction: 0.5,
});

describe('claiming an attempt', () => {
  test('given a queued run, the first claim starts it with the next fence and a deadline', () => {
    const { past } = given.run(create({ timeoutMs: MINUTE }), advance(due));
    given
      .given(...past)
      .when(start(run, due + 7))
      .then({
        type: 'RunStarted',
        data: { run, attempt: 1, fence: 1, executor: 'x1', claim: 'claim-1', deadline: due + 7 + MINUTE },
      });
  });

  test('given it is claimed, the same claim is answered alike and another is refused', () => {
    const { past } = started();
    given
      .given(...past)
      .when(start(run, due + 1))
      .thenNothing();
    given
      .given(...past)
      .when({ ...start(run, due + 1), claim: 'other' } as ScheduleCommand)
      .thenRejected('run_not_open');
  });
});

describe('a result', () => {
  test('given nobody asked the run to stop, an executor that stopped it by itself has failed the attempt', () => {
    const { past } = started();
    given
      .given(...past)
      .when(report({ kind: 'cancelled' }, 1, due + SECOND))
      .thenTypes('RunFailed', 'RetryScheduled');
  });

  test('given the fence holds, success closes the run and keeps the sync state', () => {
    const { past } = started();
    const outcome = {
      kind: 'succeeded',
      counts: { read: 2, written: 2, rejected: 0 },
      state: { after: 7 },
    } as const;
    given
      .given(...past)
      .when(report(outcome, 1, due + 40))
      .then({
        type: 'RunSucceeded',
        data: { run, attempt: 1, counts: outcome.counts, durationMs: 40, state: { after: 7 } },
      });
  });

  test('given it was accepted, the same report again changes nothing and is not refused', () => {
    const { past } = given.run(create(), advance(due), start(run, due), succeed(run, 1, due + 1));
    given
      .given(...past)
      .when(succeed(run, 1, due + 2))
      .thenNothing();
  });

  test('given another fence, it is late', () => {
    const { past } = started();
    given
      .given(...past)
      .when(succeed(run, 9, due + 1))
      .thenRejected('late_result');
  });

  test('given the lease was lost and the run retried, the first executor is refused', () => {
    const { past } = given.run(
      create({ retry }),
      advance(due),
      start(run, due),
      { type: 'ExpireLease', now: due + 20 * SECOND, run, attempt: 1, fence: 1, fraction: 0 },
      advance(due + 30 * SECOND),
      start(run, due + 30 * SECOND, 2),
    );
    // Settled as failed: the late word of attempt 1 changes nothing.
    given
      .given(...past)
      .when(succeed(run, 1, due + 31 * SECOND))
      .thenNothing();
    given
      .given(...past)
      .when(succeed(run, 2, due + 31 * SECOND, 2))
      .thenTypes('RunSucceeded');
  });

  test('given a state above the limit, it is a failure that names the limit, at once', () => {
    const { past } = started();
    const outcome = {
      kind: 'succeeded',
      counts: { read: 0, written: 0, rejected: 0 },
      state: { blob: 'x'.repeat(20_000) },
    } as const;
    given
      .given(...past)
      .when(report(outcome, 1, due + 1))
      .thenTypes('RunFailed', 'RetryScheduled');
  });
});

describe('a failed attempt', () => {
  test('given attempts left, failure and retry are decided together, with a growing delay', () => {
    const delays: number[] = [];
    let history = started();
    for (const attempt of [1, 2]) {
      const at = due + attempt * 5 * MINUTE;
      const events = given
        .given(...history.past)
        .when(fail(run, attempt, at, attempt))
        .thenTypes('RunFailed', 'RetryScheduled');
      const { data } = events[1] as Extract<ScheduleEvent, { type: 'RetryScheduled' }>;
      delays.push(data.delayMs);
      const commands = [
        fail(run, attempt, at, attempt),
        advance(data.retryAt),
        start(run, data.retryAt, attempt + 1),
      ];
      history = given.run(
        create({ retry }),
        advance(due),
        start(run, due),
        ...(attempt === 1 ? commands : []),
      );
    }
    expect(delays).toEqual([10 * SECOND, 20 * SECOND]);
  });

  test('given none left, the run is abandoned and can be redriven', () => {
    const { past } = started({ retry: { ...retry, maxAttempts: 1 } });
    given
      .given(...past)
      .when(fail(run, 1, due + 1))
      .thenTypes('RunFailed', 'RunAbandoned');
    const after = given.run(
      create({ retry: { ...retry, maxAttempts: 1 } }),
      advance(due),
      start(run, due),
      fail(run, 1, due + 1),
    );
    const events = given
      .given(...after.past)
      .when({ type: 'RedriveRun', now: due + MINUTE, run })
      .thenTypes('RunRedriven', 'RunQueued');
    expect(events[1]).toMatchObject({ data: { run, attempt: 2 } });
  });

  test('given an error that no retry can mend, it is abandoned at once', () => {
    const { past } = started();
    const events = given
      .given(...past)
      .when(fail(run, 1, due + 1, 1, 'AUTH_REVOKED'))
      .thenTypes('RunFailed', 'RunAbandoned');
    expect(events[1]).toMatchObject({ data: { reason: 'non_retryable' } });
  });

  test('given a Retry-After, the retry waits at least that long, up to the cap', () => {
    const { past } = started();
    const asked = (retryAfterMs: number) =>
      given
        .given(...past)
        .when(
          report({ kind: 'failed', error: { class: 'TRANSIENT', message: 'busy', retryAfterMs } }, 1, due),
        )
        .thenTypes('RunFailed', 'RetryScheduled')[1];
    expect(asked(2 * MINUTE)).toMatchObject({ data: { delayMs: 2 * MINUTE } });
  });

  test('given nobody reports, the deadline fails the attempt', () => {
    const { past, state } = started({ timeoutMs: MINUTE });
    expect(wakeAt(state)).toBe(due + MINUTE + 5 * SECOND);
    const events = given
      .given(...past)
      .when(advance(due + MINUTE + 5 * SECOND))
      .thenTypes('RunFailed', 'RetryScheduled');
    expect(events[0]).toMatchObject({ data: { cause: 'timeout' } });
  });
});

describe('a snooze', () => {
  const snoozed = { kind: 'snoozed', class: 'RATE_LIMITED', delayMs: 90 * SECOND, message: 'later' } as const;

  test('given the bounds hold, it is put off without using up a failure', () => {
    const { past, state } = given.run(
      create({ retry: { ...retry, maxAttempts: 1 } }),
      advance(due),
      start(run, due),
      report(snoozed, 1, due + 1),
    );
    expect(state).toMatchObject({
      open: [{ status: 'snoozed', failures: 0, resumeAt: due + 1 + 90 * SECOND }],
    });
    given
      .given(...past)
      .when(advance(due + 1 + 90 * SECOND))
      .thenTypes('RunQueued');
  });

  test('given it was put off too often, it is given up', () => {
    const { past } = started({ snooze: { max: 0, totalMs: DAY } });
    const events = given
      .given(...past)
      .when(report(snoozed, 1, due + 1))
      .thenTypes('RunFailed', 'RunAbandoned');
    expect(events[1]).toMatchObject({ data: { reason: 'snooze_exhausted' } });
  });
});

describe('cancelling', () => {
  test('given a queued run, it is over at once', () => {
    const { past } = given.run(create(), advance(due));
    given
      .given(...past)
      .when({ type: 'CancelRun', now: due + 1, run })
      .thenTypes('RunCancelled');
  });

  test('given a running one that does not answer, it is cut off after the grace', () => {
    const { past, state } = given.run(create(), advance(due), start(run, due), {
      type: 'CancelRun',
      now: due + 1,
      run,
    });
    expect(wakeAt(state)).toBe(due + 1 + 30 * SECOND);
    const events = given
      .given(...past)
      .when(advance(due + 1 + 30 * SECOND))
      .thenTypes('RunCancelled');
    expect(events[0]).toMatchObject({ data: { reason: 'not_answered' } });
  });

  test('given it succeeds before it stops, success stands', () => {
    const { past } = given.run(create(), advance(due), start(run, due), {
      type: 'CancelRun',
      now: due + 1,
      run,
    });
    given
      .given(...past)
      .when(succeed(run, 1, due + 2))
      .thenTypes('RunSucceeded');
  });
});

describe('a schedule whose runs keep being given up', () => {
  const failing = (hours: number, autoPause: { failures: number; days: number }) => {
    const commands: ScheduleCommand[] = [create({ retry: { ...retry, maxAttempts: 1 }, autoPause })];
    for (let hour = 1; hour <= hours; hour += 1) {
      const at = T0 + hour * HOUR;
      commands.push(advance(at), start(hourlyRun(hour), at), fail(hourlyRun(hour), hour, at + 1));
    }
    return given.run(...commands);
  };

  test('given enough failures over enough days, it pauses itself and says since when', () => {
    const { events, state } = failing(25, { failures: 24, days: 1 });
    expect(state).toMatchObject({ status: 'paused', pause: { cause: 'auto_pause' } });
    expect(events.filter((event) => event.type === 'SchedulePaused')).toHaveLength(1);
  });

  test('given many failures in a short time, it goes on', () => {
    expect(failing(30, { failures: 3, days: 7 }).state).toMatchObject({ status: 'active' });
  });

  test('given an occurrence that fell due while the last one failed, it is decided before the pause', () => {
    const commands: ScheduleCommand[] = [
      create({ retry: { ...retry, maxAttempts: 1 }, autoPause: { failures: 2, days: 0 } }),
      ...[1, 2].flatMap((hour) => [advance(T0 + hour * HOUR), start(hourlyRun(hour), T0 + hour * HOUR)]),
    ];
    commands.splice(3, 0, fail(hourlyRun(1), 1, T0 + HOUR + 1));
    const { past } = given.run(...commands);
    const events = given
      .given(...past)
      .when(fail(hourlyRun(2), 2, T0 + 3 * HOUR + 1))
      .thenTypes('RunFailed', 'RunAbandoned', 'RunQueued', 'SchedulePaused', 'RunCancelled');
    expect(events[2]).toMatchObject({ data: { nominal: T0 + 3 * HOUR } });
  });

  test('given only a first failed run, it never pauses', () => {
    expect(failing(1, { failures: 1, days: 0 }).state).toMatchObject({ status: 'active' });
  });
});
