import { describe, expect, test } from '@jest/globals';
import { HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
import { manualRun, type ScheduleCommand } from '#lib/domain/schedule';
import { advance, create, fail, hourlyRun, pause, reported, start, succeed, T0 } from '#lib/domain/testing';
import { due, given, report, retry, run, started } from '../testing/first-run.js';
import { CANCEL_GRACE, DEADLINE_GRACE, MAX_SNOOZE, MAX_SYNC_STATE_BYTES } from './definition.js';

const second = hourlyRun(2);
const trigger = (request: string, now: number): ScheduleCommand => ({ type: 'TriggerRun', now, request });
const snoozed = (delayMs: number, more: object = {}) =>
  ({ kind: 'snoozed', class: 'RATE_LIMITED', delayMs, message: 'later', ...more }) as const;

describe('an attempt that runs', () => {
  const { past } = started();
  const on = given.given(...past);

  test('given nobody reports, it has failed five seconds after its deadline, and not before', () => {
    const end = due + 10 * MINUTE + DEADLINE_GRACE;
    on.when(advance(end - 1)).thenNothing();
    const [failed] = on.when(advance(end)).thenTypes('RunFailed', 'RetryScheduled');
    expect(failed).toMatchObject({
      data: { cause: 'timeout', error: { code: 'deadline_passed' }, durationMs: end - due },
    });
  });

  test('given it was asked to stop, it is cut off half a minute later, and not before', () => {
    const asked = given.run(create({ retry }), advance(due), start(run, due), {
      type: 'CancelRun',
      now: due + MINUTE,
      run,
    });
    const after = given.given(...asked.past);
    after.when(advance(due + MINUTE + CANCEL_GRACE - 1)).thenNothing();
    const [cut] = after.when(advance(due + MINUTE + CANCEL_GRACE)).thenTypes('RunCancelled');
    expect(cut).toMatchObject({ data: { reason: 'not_answered' } });
  });

  test('given it fails, what it took and when it is tried again are told', () => {
    const events = on.when(fail(run, 1, due + 3 * SECOND)).thenTypes('RunFailed', 'RetryScheduled');
    const told = {
      run,
      attempt: 1,
      error: { class: 'TRANSIENT', message: 'it broke' },
      durationMs: 3 * SECOND,
    };
    expect(events).toEqual([
      { type: 'RunFailed', data: { ...told, cause: 'reported' } },
      {
        type: 'RetryScheduled',
        data: { run, attempt: 2, retryAt: due + 13 * SECOND, delayMs: 10 * SECOND },
      },
    ]);
  });

  test('given it succeeds, what it took is told, and a state only where it has one', () => {
    const counts = { read: 1, written: 1, rejected: 0 };
    const [plain] = on.when(succeed(run, 1, due + SECOND)).thenTypes('RunSucceeded');
    expect(plain).toEqual({ type: 'RunSucceeded', data: { run, attempt: 1, counts, durationMs: SECOND } });
    const outcome = { kind: 'succeeded', counts, state: { page: 2 } } as const;
    const [carried] = on.when(report(outcome, 1, due + SECOND)).thenTypes('RunSucceeded');
    expect(carried).toMatchObject({ data: { state: { page: 2 } } });
  });

  test('given it is put off, until when, after what time and whose bucket it was are told', () => {
    const [own] = on
      .when(report(snoozed(MINUTE, { bucket: 'own' }), 1, due + SECOND))
      .thenTypes('RunSnoozed');
    expect(own).toEqual({
      type: 'RunSnoozed',
      data: {
        run,
        attempt: 1,
        until: due + SECOND + MINUTE,
        class: 'RATE_LIMITED',
        message: 'later',
        durationMs: SECOND,
        bucket: 'own',
      },
    });
    const [shared] = on.when(report(snoozed(-5), 1, due + SECOND)).thenTypes('RunSnoozed');
    expect(shared?.data).toMatchObject({ until: due + SECOND });
    expect(shared?.data).not.toHaveProperty('bucket');
    const [long] = on.when(report(snoozed(9 * MAX_SNOOZE), 1, due)).thenTypes('RunSnoozed');
    expect(long?.data).toMatchObject({ until: due + MAX_SNOOZE });
  });

  test('given it was put off for as long as it may be, a millisecond more is too much', () => {
    const { past: bounded } = started({ snooze: { max: 9, totalMs: HOUR } });
    const at = (delayMs: number) => given.given(...bounded).when(report(snoozed(delayMs), 1, due));
    at(HOUR).thenTypes('RunSnoozed');
    const [failed, abandoned] = at(HOUR + 1).thenTypes('RunFailed', 'RunAbandoned');
    expect(failed).toMatchObject({ data: { durationMs: 0, cause: 'reported' } });
    expect(abandoned).toMatchObject({ data: { reason: 'snooze_exhausted' } });
  });

  test('given a checkpoint, it is kept up to its size, and for whoever holds the fence', () => {
    const counts = { read: 1, written: 0, rejected: 0 };
    // {"s":"…"} has eight characters around the text.
    const checkpoint = (size: number, fence = 1): ScheduleCommand => ({
      type: 'CheckpointRun',
      now: due + SECOND,
      run,
      attempt: 1,
      fence,
      executor: 'x1',
      state: { s: 'x'.repeat(size - 8) },
      counts,
    });
    on.when(checkpoint(MAX_SYNC_STATE_BYTES)).thenTypes('RunCheckpointed');
    on.when(checkpoint(MAX_SYNC_STATE_BYTES + 1)).thenRejected('sync_state_too_large');
    on.when(checkpoint(99, 2)).thenRejected('late_result');
  });

  test('given another is asked to start, or what never was, it is told that this is not open', () => {
    on.when(start('nobodys', due)).thenRejected('run_not_open');
  });
});

describe('a run that goes on while its schedule is paused', () => {
  const pausedAt = due + SECOND;
  const paused = given.run(create({ retry }), advance(due), start(run, due), pause(pausedAt));

  test.each<[string, ScheduleCommand]>([
    ['fails', fail(run, 1, pausedAt + SECOND)],
    ['is put off', report(snoozed(MINUTE), 1, pausedAt + SECOND)],
  ])('given it %s, it is given up', (_, command) => {
    const [, abandoned] = given
      .given(...paused.past)
      .when(command)
      .thenTypes('RunFailed', 'RunAbandoned');
    expect(abandoned).toMatchObject({ data: { reason: 'schedule_paused' } });
  });

  test('given it was asked for since, it is tried again', () => {
    const asked = manualRun('s1', 'r1');
    const { past } = given.run(
      create({ retry }),
      pause(pausedAt),
      trigger('r1', pausedAt + 1),
      start(asked, pausedAt + 1),
    );
    given
      .given(...past)
      .when(fail(asked, 1, pausedAt + SECOND))
      .thenTypes('RunFailed', 'RetryScheduled');
  });
});

describe('a retry and an occurrence that nobody was there for', () => {
  const waiting = (retryAt: number) => {
    const delay = retryAt - due - MINUTE;
    const rules = { ...retry, baseMs: delay, capMs: delay, budgetMs: 9 * HOUR };
    return given.run(create({ retry: rules }), advance(due), start(run, due), fail(run, 1, due + MINUTE));
  };
  const late = T0 + 2 * HOUR + 30 * SECOND;

  test('given the retry was due first, it is under way when the occurrence comes', () => {
    const events = given
      .given(...waiting(due + 30 * MINUTE).past)
      .when(advance(late))
      .thenTypes('RunQueued', 'OccurrenceSkipped');
    expect(events).toMatchObject([{ data: { run, attempt: 2 } }, { data: { reason: 'overlap', by: run } }]);
  });

  test('given the occurrence was due first, the retry waits still when it comes', () => {
    const events = given
      .given(...waiting(T0 + 2 * HOUR + 10 * SECOND).past)
      .when(advance(late))
      .thenTypes('OccurrenceSkipped', 'RunQueued');
    expect(events).toMatchObject([{ data: { reason: 'merged_into_retry' } }, { data: { run, attempt: 2 } }]);
  });
});

describe('a schedule that pauses itself', () => {
  const rules = { retry: { ...retry, maxAttempts: 1 }, overlap: 'allow_all', timeoutMs: 5 * HOUR } as const;
  const failedTwice = (failures: number): readonly ScheduleCommand[] => [
    create({ ...rules, autoPause: { failures, days: 0 } }),
    advance(due),
    start(run, due),
    advance(T0 + 2 * HOUR),
    start(second, T0 + 2 * HOUR),
    fail(run, 1, T0 + 2 * HOUR + 1),
  ];

  test('given failures of 0, never does', () => {
    const last = fail(second, 2, T0 + 2 * HOUR + 2);
    expect(given.run(...failedTwice(0), last).state).toMatchObject({ status: 'active' });
    expect(given.run(...failedTwice(3), last).state).toMatchObject({ status: 'active' });
    expect(given.run(...failedTwice(2), last).state).toMatchObject({ status: 'paused' });
  });

  test('given another run is at work, lets it end; one that waits is cancelled', () => {
    const [working, waits] = [manualRun('s1', 'r1'), manualRun('s1', 'r2')];
    const at = T0 + 2 * HOUR + 2;
    const { past } = given.run(...failedTwice(2), trigger('r1', at), start(working, at), trigger('r2', at));
    const events = given
      .given(...past)
      .when(reported(second, { kind: 'failed', error: { class: 'TRANSIENT', message: 'no' } }, 2, at))
      .thenTypes('RunFailed', 'RunAbandoned', 'SchedulePaused', 'RunCancelled');
    expect(events[3]).toMatchObject({ data: { run: waits, reason: 'schedule_paused' } });
  });
});
