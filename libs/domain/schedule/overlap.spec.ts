import { describe, expect, test } from '@jest/globals';
import { HOUR, MINUTE } from '#lib/domain/kernel';
import { schedule, type ScheduleEvent } from '#lib/domain/schedule';
import { scenario } from '#lib/domain/testing';
import { advance, create, fail, hourlyRun, start, succeed, T0 } from '#lib/domain/testing';

const given = scenario(schedule);
const types = (events: readonly ScheduleEvent[]) => events.map((event) => event.type);

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
