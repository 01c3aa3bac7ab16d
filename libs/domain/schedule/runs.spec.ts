import { describe, expect, test } from '@jest/globals';
import { MINUTE, SECOND } from '#lib/domain/kernel';
import { wakeAt, type ScheduleCommand } from '#lib/domain/schedule';
import { advance, create, start, succeed } from '#lib/domain/testing';
import { due, given, report, retry, run, started } from '../testing/first-run.js';

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

  test('given another executor, under the fence that was given to somebody, it is late', () => {
    const { past } = started();
    const forged = succeed(run, 1, due + 1);
    if (forged.type !== 'ReportRun') throw new Error('it reports');
    given
      .given(...past)
      .when({ ...forged, executor: 'x2' })
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
