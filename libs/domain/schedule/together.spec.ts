import { describe, expect, test } from '@jest/globals';
import { DAY, HOUR, MINUTE } from '#lib/domain/kernel';
import {
  nextOccurrence,
  policyDefaults,
  schedule,
  type LivingSchedule,
  type ScheduleCommand,
  type ScheduleDefinition,
} from '#lib/domain/schedule';
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

const given = scenario(schedule);
const typesOf = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type);

describe('catching up', () => {
  test('given a spread longer than the window, what is late by minutes is caught up on', () => {
    const catchUp = { policy: 'once', windowMs: HOUR, cap: 1 } as const;
    const recurrence = { ...hourly, frequency: 'daily', times: ['03:00'], spreadMs: DAY } as const;
    const { state, past } = given.run(create({ recurrence, catchUp }));
    const next = nextOccurrence(state as LivingSchedule);
    if (next === undefined || next.effective - next.nominal < 2 * HOUR)
      throw new Error('its share is too small');
    const [queued] = given
      .given(...past)
      .when(advance(next.effective + 4 * MINUTE))
      .thenTypes('RunQueued');
    expect(queued).toMatchObject({ data: { nominal: next.nominal, trigger: 'catch_up' } });
  });

  test('given all of more than the buffer holds, each of them runs in its turn', () => {
    const { past } = given.run(create({ catchUp: { policy: 'all', windowMs: 30 * DAY, cap: 500 } }));
    const { decision } = given.given(...past).when(advance(T0 + 10 * DAY + 30 * MINUTE));
    const events = decision.accepted ? decision.events : [];
    expect(typesOf(events)).toEqual(['RunQueued', ...Array<string>(239).fill('RunBuffered')]);
  });

  test.each(['cancel_other', 'terminate_other'] as const)(
    'given all under %s, the newest runs, and none is counted that another would end at once',
    (overlap) => {
      const catchUp = { policy: 'all', windowMs: 30 * DAY, cap: 500 } as const;
      const { past } = given.run(create({ overlap, catchUp, maxRuns: 10 }));
      const [missed, queued] = given
        .given(...past)
        .when(advance(T0 + 10 * HOUR + 30 * MINUTE))
        .thenTypes('OccurrencesMissed', 'RunQueued');
      expect(missed).toMatchObject({ data: { count: 9, reason: 'catch_up_once' } });
      expect(queued).toMatchObject({ data: { run: hourlyRun(10) } });
    },
  );
});

describe('a retry and an occurrence that are overdue together', () => {
  const retry = { ...policyDefaults.retry, baseMs: 35 * MINUTE, capMs: 35 * MINUTE };
  const waiting = (more: object) =>
    given.run(
      create({ retry, ...more }),
      advance(T0 + HOUR),
      start(hourlyRun(1), T0 + HOUR),
      fail(hourlyRun(1), 1, T0 + HOUR + 50 * MINUTE),
    );

  test('given the occurrence was due first, the retry is superseded by it, as it would have been in time', () => {
    const { past, state } = waiting({ retryVersusNext: 'replace' });
    const [open] = (state as LivingSchedule).open;
    if (open?.status !== 'retrying' || open.resumeAt <= T0 + 2 * HOUR) throw new Error('it is due too soon');
    const events = given
      .given(...past)
      .when(advance(open.resumeAt))
      .thenTypes('RunAbandoned', 'RunQueued');
    expect(events[0]).toMatchObject({ data: { run: hourlyRun(1), reason: 'superseded' } });
    expect(events[1]).toMatchObject({ data: { run: hourlyRun(2) } });
  });

  test('given the occurrence was due first and retries go on, it is merged into the retry, which is queued', () => {
    const { past, state } = waiting({ retryVersusNext: 'merge' });
    const [open] = (state as LivingSchedule).open;
    const events = given
      .given(...past)
      .when(advance(open?.status === 'retrying' ? open.resumeAt : 0))
      .thenTypes('OccurrenceSkipped', 'RunQueued');
    expect(events[0]).toMatchObject({ data: { reason: 'merged_into_retry' } });
    expect(events[1]).toMatchObject({ data: { run: hourlyRun(1), attempt: 2 } });
  });
});

describe('raising how many may run', () => {
  test('given all had run for hours, what was due meanwhile is none of them', () => {
    const { past } = given.run(
      create({ maxRuns: 1, timeoutMs: DAY }),
      advance(T0 + HOUR),
      start(hourlyRun(1), T0 + HOUR),
      {
        type: 'UpdateSchedule',
        now: T0 + 8 * HOUR + 1,
        changes: { maxRuns: 9 },
      },
    );
    given
      .given(...past)
      .when(advance(T0 + 8 * HOUR + 2))
      .thenNothing();
    given
      .given(...past)
      .when(advance(T0 + 9 * HOUR))
      .thenTypes('OccurrenceSkipped');
  });
});

describe('a schedule that has completed', () => {
  const { past } = given.run(
    create({ maxRuns: 1 }),
    advance(T0 + HOUR),
    start(hourlyRun(1), T0 + HOUR),
    succeed(hourlyRun(1), 1, T0 + HOUR + 1),
  );
  const now = T0 + 2 * HOUR;

  test.each<ScheduleCommand>([
    { type: 'TriggerRun', now, request: 'again' },
    { type: 'BackfillRange', now, from: T0, to: now, request: 'past' },
  ])('given $type, it is refused: the connection may be claimed by another', (command) => {
    given
      .given(...past)
      .when(command)
      .thenRejected('schedule_completed');
  });
});

describe('deleting', () => {
  const remove = (now: number): ScheduleCommand => ({ type: 'DeleteSchedule', now });

  test('given a pause that was over, what was due since it and in it is decided first', () => {
    const { past } = given.run(create(), pause(T0 + MINUTE, { until: T0 + 3 * HOUR }));
    const events = given
      .given(...past)
      .when(remove(T0 + 6 * HOUR + 30 * MINUTE))
      .thenTypes(
        'OccurrencesMissed',
        'ScheduleResumed',
        'OccurrencesMissed',
        'RunQueued',
        'RunCancelled',
        'ScheduleDeleted',
      );
    expect(events[0]).toMatchObject({ data: { count: 2, reason: 'paused' } });
    expect(events[2]).toMatchObject({ data: { count: 3, reason: 'catch_up_once' } });
  });

  test('given a pause that lasts, what was due in it is missed', () => {
    const { past } = given.run(create(), pause(T0 + MINUTE));
    const [missed] = given
      .given(...past)
      .when(remove(T0 + 2 * HOUR + 1))
      .thenTypes('OccurrencesMissed', 'ScheduleDeleted');
    expect(missed).toMatchObject({ data: { count: 2, reason: 'paused' } });
  });
});

describe('runs that are held back', () => {
  test('given the policy becomes allow_all, they go when those before them have ended, whoever came later', () => {
    const { past } = given.run(
      create({ overlap: 'buffer_all', timeoutMs: DAY }),
      advance(T0 + HOUR),
      start(hourlyRun(1), T0 + HOUR),
      advance(T0 + 2 * HOUR),
      { type: 'UpdateSchedule', now: T0 + 2 * HOUR + 1, changes: { overlap: 'allow_all' } },
      advance(T0 + 3 * HOUR),
    );
    const [, queued] = given
      .given(...past)
      .when(succeed(hourlyRun(1), 1, T0 + 3 * HOUR + 1))
      .thenTypes('RunSucceeded', 'RunQueued');
    expect(queued).toMatchObject({ data: { run: hourlyRun(2) } });
  });
});

describe('an occurrence to come that was skipped on request', () => {
  const update = (recurrence: ScheduleDefinition['recurrence']): ScheduleCommand => ({
    type: 'UpdateSchedule',
    now: T0 + 2,
    changes: { recurrence },
  });
  const { past } = given.run(create(), { type: 'SkipNextOccurrence', now: T0 + 1 });

  test('given a new recurrence that has it as its next, it stays skipped', () => {
    const events = given
      .given(...past)
      .when(update({ ...hourly, excludedDates: ['2027-12-24'] }))
      .thenTypes('ScheduleUpdated', 'OccurrenceSkipped');
    expect(events[1]).toMatchObject({ data: { nominal: T0 + HOUR, generation: 2, reason: 'requested' } });
  });

  test('given a new recurrence that is due before it, that one runs', () => {
    given
      .given(...past)
      .when(update({ ...hourly, frequency: 'hourly', minute: 30 }))
      .thenTypes('ScheduleUpdated');
  });
});
