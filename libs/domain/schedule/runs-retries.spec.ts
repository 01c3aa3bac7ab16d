import { describe, expect, test } from '@jest/globals';
import { DAY, HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
import { wakeAt, type ScheduleCommand, type ScheduleEvent } from '#lib/domain/schedule';
import { advance, create, fail, hourlyRun, reported, start, T0 } from '#lib/domain/testing';
import { due, given, report, retry, run, started } from '../testing/first-run.js';

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

  test('given it was put off too often and is to be cancelled, it is cancelled and not given up', () => {
    const cancelled = given.run(
      create({ retry, snooze: { max: 0, totalMs: DAY } }),
      advance(due),
      start(run, due),
      { type: 'CancelRun', now: due + 1, run },
    );
    const events = given.given(...cancelled.past).when(report(snoozed, 1, due + 2)).decision;
    const types = events.accepted ? events.events.map(({ type }) => type) : [];
    expect(types).toContain('RunCancelled');
    expect(types).not.toContain('RunAbandoned');
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

  test('given another run that waits for its retry when a deadline passes, it is cancelled once and not queued again', () => {
    const definition = {
      retry: { ...retry, maxAttempts: 1 },
      autoPause: { failures: 2, days: 0 },
      overlap: 'allow_all',
      timeoutMs: 90 * MINUTE,
    } as const;
    const [first, second, third] = [hourlyRun(1), hourlyRun(2), hourlyRun(3)];
    const snoozed = { kind: 'snoozed', class: 'RATE_LIMITED', delayMs: HOUR, message: 'later' } as const;
    const before = [
      create(definition),
      advance(T0 + HOUR),
      start(first, T0 + HOUR),
      fail(first, 1, T0 + HOUR + 1),
      advance(T0 + 2 * HOUR),
      start(second, T0 + 2 * HOUR),
      advance(T0 + 3 * HOUR),
      start(third, T0 + 3 * HOUR),
      reported(third, snoozed, 3, T0 + 3 * HOUR + 1),
    ];
    const { events } = given.run(...before, advance(T0 + 4 * HOUR + 2 * MINUTE));
    const added = events.slice(given.run(...before).events.length);
    const ofThird = added.filter(({ data }) => 'run' in data && data.run === third);
    expect(ofThird.map(({ type }) => type)).toEqual(['RunCancelled']);
  });

  test('given only a first failed run, it never pauses', () => {
    expect(failing(1, { failures: 1, days: 0 }).state).toMatchObject({ status: 'active' });
  });
});
