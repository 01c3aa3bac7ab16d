import { describe, expect, test } from '@jest/globals';
import { HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
import {
  manualRun,
  policyDefaults,
  schedule,
  type OverlapPolicy,
  type ScheduleCommand,
  type ScheduleEvent,
} from '#lib/domain/schedule';
import { scenario } from '#lib/domain/testing';
import { advance, create, fail, hourlyRun, start, succeed, T0 } from '#lib/domain/testing';

const given = scenario(schedule);
const types = (events: readonly ScheduleEvent[]) => events.map((event) => event.type);

const trigger = (request: string, now: number, overlap?: OverlapPolicy): ScheduleCommand => ({
  type: 'TriggerRun',
  now,
  request,
  overlap,
});

/** A schedule whose first hourly run is running when the second hour comes. */
const overlapping = (overlap: Parameters<typeof create>[0]) =>
  given.run(create(overlap), advance(T0 + HOUR), start(hourlyRun(1), T0 + HOUR), advance(T0 + 2 * HOUR));

describe('an occurrence that falls due while a run is open', () => {
  test('given policy skip, it is skipped and the run in its way is named', () => {
    const { events } = overlapping({ overlap: 'skip', timeoutMs: 24 * HOUR });
    expect(events.at(-1)).toEqual({
      type: 'OccurrenceSkipped',
      data: { nominal: T0 + 2 * HOUR, generation: 1, reason: 'overlap', by: hourlyRun(1) },
    });
  });

  test('given policy buffer_one, one waits, the next is skipped, and it runs when the first has ended', () => {
    const { events, past } = given.run(
      create({ overlap: 'buffer_one', timeoutMs: 24 * HOUR }),
      advance(T0 + HOUR),
      start(hourlyRun(1), T0 + HOUR),
      advance(T0 + 2 * HOUR),
      advance(T0 + 3 * HOUR),
    );
    expect(types(events).slice(-2)).toEqual(['RunBuffered', 'OccurrenceSkipped']);
    expect(events.at(-1)).toMatchObject({ data: { reason: 'buffer_full' } });
    const after = given
      .given(...past)
      .when(succeed(hourlyRun(1), 1, T0 + 3 * HOUR + MINUTE))
      .thenTypes('RunSucceeded', 'RunQueued');
    expect(after[1]).toMatchObject({ data: { run: hourlyRun(2), attempt: 1, nominal: T0 + 2 * HOUR } });
  });

  test('given policy buffer_all, each waits up to the cap', () => {
    const { events } = given.run(
      create({ overlap: 'buffer_all', bufferCap: 2, timeoutMs: 24 * HOUR }),
      advance(T0 + HOUR),
      start(hourlyRun(1), T0 + HOUR),
      ...[2, 3, 4].map((hour) => advance(T0 + hour * HOUR)),
    );
    expect(types(events).slice(-3)).toEqual(['RunBuffered', 'RunBuffered', 'OccurrenceSkipped']);
  });

  test('given policy cancel_other, the open run is asked to stop and the new one waits for it', () => {
    const { events, past } = overlapping({ overlap: 'cancel_other', timeoutMs: 24 * HOUR });
    expect(types(events).slice(-2)).toEqual(['RunCancelRequested', 'RunBuffered']);
    const report = {
      ...succeed(hourlyRun(1), 1, T0 + 2 * HOUR + 5),
      outcome: { kind: 'cancelled' as const },
    };
    given
      .given(...past)
      .when(report as never)
      .thenTypes('RunCancelled', 'RunQueued');
  });

  test('given policy terminate_other, the open run is cut off and its late result refused', () => {
    const { events, past } = overlapping({ overlap: 'terminate_other', timeoutMs: 24 * HOUR });
    expect(types(events).slice(-2)).toEqual(['RunCancelled', 'RunQueued']);
    given
      .given(...past)
      .when(fail(hourlyRun(1), 1, T0 + 2 * HOUR + 5))
      .thenNothing();
  });

  test('given policy allow_all, both run', () => {
    const { state } = overlapping({ overlap: 'allow_all', timeoutMs: 24 * HOUR });
    expect(state).toMatchObject({ open: [{ status: 'running' }, { status: 'queued' }] });
  });

  test('given a thousand open runs, one more is skipped whatever the policy', () => {
    const retry = { ...policyDefaults.retry, maxAttempts: 1 };
    const { past } = given.run(
      create({ overlap: 'allow_all', retry }),
      trigger('dead', T0),
      start(manualRun('s1', 'dead'), T0),
      fail(manualRun('s1', 'dead'), 1, T0),
      ...Array.from({ length: 1_000 }, (_, n) => trigger(`r${n}`, T0 + 1)),
    );
    const full = given.given(...past);
    full.when(trigger('one-more', T0 + 2)).thenRejected('too_many_open_runs');
    full
      .when({ type: 'RedriveRun', now: T0 + 2, run: manualRun('s1', 'dead') })
      .thenRejected('too_many_open_runs');
    const [skipped] = full.when(advance(T0 + HOUR)).thenTypes('OccurrenceSkipped');
    expect(skipped).toMatchObject({ data: { reason: 'buffer_full' } });
  });
});

describe('a run that is asked for while others are open', () => {
  test('given policy cancel_other, and one that was asked to stop and has not, it takes the place of the one that waited for that', () => {
    const { past } = given.run(
      create({ overlap: 'cancel_other', timeoutMs: 24 * HOUR }),
      advance(T0 + HOUR),
      start(hourlyRun(1), T0 + HOUR),
      trigger('first', T0 + HOUR + SECOND),
    );
    given
      .given(...past)
      .when(trigger('second', T0 + HOUR + 2 * SECOND))
      .thenTypes('RunCancelled', 'RunBuffered');
  });

  test.each(['merge', 'replace'] as const)(
    'given policy skip, %s, and one that runs beside one that waits for its retry, the next occurrence is skipped for what runs',
    (retryVersusNext) => {
      const retry = { maxAttempts: 5, baseMs: 3 * HOUR, factor: 1, capMs: 3 * HOUR, jitter: 'none' } as const;
      const { past } = given.run(
        create({
          retryVersusNext,
          retry: { ...retry, budgetMs: 24 * HOUR, retryAfterCapMs: HOUR },
          timeoutMs: 24 * HOUR,
        }),
        advance(T0 + HOUR),
        start(hourlyRun(1), T0 + HOUR),
        fail(hourlyRun(1), 1, T0 + HOUR + MINUTE),
        trigger('beside', T0 + HOUR + 2 * MINUTE, 'allow_all'),
      );
      const [skipped] = given
        .given(...past)
        .when(advance(T0 + 2 * HOUR))
        .thenTypes('OccurrenceSkipped');
      expect(skipped).toMatchObject({ data: { reason: 'overlap' } });
    },
  );
});

describe('an occurrence that falls due while the last run waits for a retry', () => {
  const waiting = (retryVersusNext: 'merge' | 'replace') =>
    given.run(
      create({
        retryVersusNext,
        retry: {
          maxAttempts: 5,
          baseMs: 3 * HOUR,
          factor: 1,
          capMs: 3 * HOUR,
          jitter: 'none',
          budgetMs: 24 * HOUR,
          retryAfterCapMs: HOUR,
        },
      }),
      advance(T0 + HOUR),
      start(hourlyRun(1), T0 + HOUR),
      fail(hourlyRun(1), 1, T0 + HOUR + MINUTE),
      advance(T0 + 2 * HOUR),
    );

  test('given merge, the retry serves for both', () => {
    expect(waiting('merge').events.at(-1)).toMatchObject({
      type: 'OccurrenceSkipped',
      data: { reason: 'merged_into_retry', by: hourlyRun(1) },
    });
  });

  test('given replace, the retry is given up and the occurrence runs', () => {
    expect(types(waiting('replace').events).slice(-2)).toEqual(['RunAbandoned', 'RunQueued']);
  });
});
