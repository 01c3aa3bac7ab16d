import { describe, expect, test } from '@jest/globals';
import { DAY, HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
import { nextOccurrence, schedule, wakeAt, type LivingSchedule } from '#lib/domain/schedule';
import { advance, create, hourly, hourlyRun, scenario, start, succeed, T0 } from '#lib/domain/testing';

const given = scenario(schedule);

describe('an occurrence that has come', () => {
  test('given an active schedule, it is queued under an id derived from schedule, generation and nominal time', () => {
    const { events } = given.run(create(), advance(T0 + HOUR));
    expect(events.at(-1)).toEqual({
      type: 'RunQueued',
      data: {
        run: hourlyRun(1),
        trigger: 'occurrence',
        nominal: T0 + HOUR,
        effective: T0 + HOUR,
        generation: 1,
        operation: 'incremental_sync',
        priority: 'normal',
        user: 'user-1',
        connection: 'connection-1',
        provider: 'spotify',
        attempt: 1,
      },
    });
  });

  test('given it was decided, advancing again decides nothing', () => {
    const { past } = given.run(create(), advance(T0 + HOUR));
    given
      .given(...past)
      .when(advance(T0 + HOUR))
      .thenNothing();
  });

  test('given the clock was set back after a decision, nothing is decided twice', () => {
    const { past } = given.run(create(), advance(T0 + HOUR));
    given
      .given(...past)
      .when(advance(T0 + HOUR - DAY))
      .thenNothing();
    given
      .given(...past)
      .when(advance(T0 + HOUR + SECOND))
      .thenNothing();
  });

  test('given one millisecond is missing, nothing is decided', () => {
    const { past } = given.run(create());
    given
      .given(...past)
      .when(advance(T0 + HOUR - 1))
      .thenNothing();
  });

  test('given a spread, it waits for its effective time, which every look shows alike', () => {
    const { state, past } = given.run(create({ recurrence: { ...hourly, spreadMs: 10 * MINUTE } }));
    const next = nextOccurrence(state as LivingSchedule);
    expect(next?.nominal).toBe(T0 + HOUR);
    expect(next?.effective).toBeGreaterThan(T0 + HOUR);
    expect(wakeAt(state)).toBe(next?.effective);
    given
      .given(...past)
      .when(advance((next?.effective ?? 0) - 1))
      .thenNothing();
    given
      .given(...past)
      .when(advance(next?.effective ?? 0))
      .thenTypes('RunQueued');
  });
});

describe('occurrences that were due while nobody was there', () => {
  const day = T0 + DAY + 30 * MINUTE;

  test('given catch-up once, the newest runs and the others are one range', () => {
    const { past } = given.run(create());
    const events = given
      .given(...past)
      .when(advance(day))
      .thenTypes('OccurrencesMissed', 'RunQueued');
    expect(events[0]).toEqual({
      type: 'OccurrencesMissed',
      data: {
        generation: 1,
        first: T0 + HOUR,
        last: T0 + 23 * HOUR,
        count: 23,
        exact: true,
        reason: 'catch_up_once',
      },
    });
    expect(events[1]).toMatchObject({ data: { run: hourlyRun(24), trigger: 'catch_up' } });
  });

  test('given catch-up skip, none runs', () => {
    const { past } = given.run(create({ catchUp: { policy: 'skip', windowMs: DAY, cap: 10 } }));
    const [missed] = given
      .given(...past)
      .when(advance(day))
      .thenTypes('OccurrencesMissed');
    expect(missed).toMatchObject({ data: { count: 24, reason: 'catch_up_skip' } });
  });

  test('given catch-up all, those in the window run one after another, the newest up to the cap', () => {
    const { past } = given.run(create({ catchUp: { policy: 'all', windowMs: 10 * HOUR, cap: 3 } }));
    const events = given
      .given(...past)
      .when(advance(day))
      .thenTypes('OccurrencesMissed', 'OccurrencesMissed', 'RunQueued', 'RunBuffered', 'RunBuffered');
    expect(events[0]).toMatchObject({
      data: { reason: 'catch_up_window', count: 14, first: T0 + HOUR, last: T0 + 14 * HOUR },
    });
    expect(events[1]).toMatchObject({
      data: { reason: 'catch_up_cap', count: 7, first: T0 + 15 * HOUR, last: T0 + 21 * HOUR },
    });
    expect(events[2]).toMatchObject({ data: { run: hourlyRun(22) } });
  });

  test('given ten years of a one-second interval, deciding is bounded and says that the count is not exact', () => {
    const everySecond = { ...hourly, frequency: 'interval', everySeconds: 1, anchor: T0 } as const;
    const { past } = given.run(create({ recurrence: { ...everySecond, excludedDates: ['2027-05-01'] } }));
    const events = given.given(...past).when(advance(T0 + 3_650 * DAY)).decision;
    expect(events.accepted && events.events.length).toBeLessThan(200);
  });

  test('given one on time after the late ones, catch-up once leaves the late ones missed', () => {
    const { past } = given.run(create());
    const events = given
      .given(...past)
      .when(advance(T0 + 5 * HOUR + SECOND))
      .thenTypes('OccurrencesMissed', 'RunQueued');
    expect(events[0]).toMatchObject({ data: { count: 4 } });
    expect(events[1]).toMatchObject({ data: { trigger: 'occurrence', run: hourlyRun(5) } });
  });
});

describe('the end of a schedule', () => {
  test('given max runs, it completes when the last of them has ended', () => {
    const { state } = given.run(
      create({ maxRuns: 1 }),
      advance(T0 + HOUR),
      start(hourlyRun(1), T0 + HOUR),
      succeed(hourlyRun(1), 1, T0 + HOUR + SECOND),
    );
    expect(state).toMatchObject({ status: 'completed' });
    expect(wakeAt(state)).toBeUndefined();
  });

  test('given an end, it completes after the last occurrence before it', () => {
    const { events } = given.run(
      create({ recurrence: { ...hourly, end: T0 + 2 * HOUR } }),
      advance(T0 + HOUR),
      start(hourlyRun(1), T0 + HOUR),
      succeed(hourlyRun(1), 1, T0 + HOUR + SECOND),
    );
    expect(events.at(-1)).toEqual({ type: 'ScheduleCompleted', data: { reason: 'end_reached' } });
  });
});
