import { describe, expect, test } from '@jest/globals';
import { HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
import { Demand, capacityOf, patternOf, SLOT, type Pattern } from './index.js';

const T0 = Date.UTC(2026, 10, 27);
const DAY_HOURS = 24;

const daily = (time: string, more: Partial<Pattern> = {}): Pattern =>
  ({ frequency: 'daily', times: [time], zone: 'UTC', spreadMs: 0, ...more }) as Pattern;

function demand(...loads: readonly (readonly [Pattern, number])[]): Demand {
  const made = new Demand(T0 + 7 * MINUTE, DAY_HOURS);
  for (const [pattern, schedules] of loads) made.add(pattern, schedules);
  return made;
}

/** A place is taken for a minute: 10 may start each minute. */
const tenAtOnce = capacityOf({ concurrency: 10 }, MINUTE);

describe('given what schedules will ask for', () => {
  test('it begins with the quarter of an hour that it is asked in, and has each occurrence once', () => {
    const made = demand(
      [daily('00:00'), 2],
      [daily('03:20'), 5],
      [{ frequency: 'hourly', minute: 59, zone: 'UTC', spreadMs: 0 }, 1],
    );
    const { from, until, due, slots } = made.against(undefined);
    expect([from, until]).toEqual([T0, T0 + 24 * HOUR]);
    expect(due).toBe(2 + 5 + 24);
    expect(slots).toHaveLength(96);
    expect(slots[13]).toEqual({ at: T0 + 13 * SLOT, due: 5, waiting: 0, lateMs: 0 });
  });

  test('what is spread is due by shares, and what was due before and is spread into it counts', () => {
    const { slots } = demand([daily('23:30', { spreadMs: HOUR }), 60]).against(undefined);
    expect(slots.filter(({ due }) => due > 0).map(({ at, due }) => [at - T0, Math.round(due)])).toEqual([
      [0, 15],
      [SLOT, 15],
      [94 * SLOT, 15],
      [95 * SLOT, 15],
    ]);
  });

  test('intervals are due evenly, whatever their anchors', () => {
    const pattern = patternOf({
      frequency: 'interval',
      everySeconds: 900,
      anchor: T0 + 3,
      zone: 'UTC',
      excludedDates: [],
      blackouts: [],
      gap: 'shift',
      fold: 'first',
      spreadMs: 0,
    });
    const { slots, due } = demand([pattern, 8]).against(undefined);
    expect(Math.round(due)).toBe(8 * 96);
    expect(slots.every((slot) => Math.abs(slot.due - 8) < 1e-9)).toBe(true);
  });

  test('a cron of every second, which has more than are looked at, is due evenly', () => {
    const { due } = demand([
      { frequency: 'cron', expression: '* * * * * *', zone: 'UTC', spreadMs: 0 },
      1,
    ]).against(undefined);
    expect(due / 86_400).toBeCloseTo(1, 2);
  });

  test('on a night of clock change, it is due when its zone says', () => {
    const made = new Demand(Date.UTC(2026, 9, 25), DAY_HOURS);
    made.add(daily('03:20', { zone: 'Europe/Berlin' }), 1);
    expect(made.dueIn(Date.UTC(2026, 9, 25, 2, 15))).toBe(1);
  });
});

describe('given limits', () => {
  test('a hundred at once where ten have a place wait nine minutes, the last of them', () => {
    const { peak, slots, crowdedFrom } = demand([daily('03:00'), 100]).against(tenAtOnce);
    expect(crowdedFrom).toBe(peak?.at);
    expect(peak).toEqual({ at: T0 + 12 * SLOT, due: 100, waiting: 0, lateMs: 9 * MINUTE });
    expect(slots.filter(({ lateMs }) => lateMs > 0)).toHaveLength(1);
  });

  test('what waits goes on waiting, before what is due after it', () => {
    const { slots, crowdedFrom } = demand([daily('03:00'), 400], [daily('03:30'), 200]).against(tenAtOnce);
    expect(crowdedFrom).toBe(T0 + 12 * SLOT);
    expect(slots.slice(12, 16).map(({ due, waiting }) => [due, waiting])).toEqual([
      [400, 250],
      [0, 100],
      [200, 150],
      [0, 0],
    ]);
    expect(slots[14]?.lateMs).toBe(29 * MINUTE);
  });

  test('as many as have places, or as a rate gives at once, do not wait', () => {
    expect(demand([daily('03:00'), 10]).against(tenAtOnce).peak).toBeUndefined();
    const rate = capacityOf({ concurrency: 50, rate: { starts: 30, perMs: HOUR } }, undefined);
    expect(demand([daily('03:00'), 30]).against(rate).peak).toBeUndefined();
    expect(demand([daily('03:00'), 60]).against(rate).peak?.lateMs).toBe(HOUR);
  });

  test('the narrower of rate and places counts; without either nothing is known', () => {
    const rate = { starts: 600, perMs: HOUR };
    expect(capacityOf({ concurrency: 10, rate }, 30 * SECOND)).toMatchObject({
      by: 'rate',
      startsPerHour: 600,
    });
    expect(capacityOf({ concurrency: 10, rate }, 2 * MINUTE)).toMatchObject({
      by: 'concurrency',
      startsPerHour: 300,
    });
    expect(capacityOf({ concurrency: 10 }, undefined)).toBeUndefined();
  });

  test('calm quarters are proposed where nothing waits and the least is due', () => {
    const hourly: Pattern = { frequency: 'hourly', minute: 0, zone: 'UTC', spreadMs: 0 };
    const busy = Array.from({ length: 93 }, (_, n): [Pattern, number] => [
      daily(`${String(Math.floor(n / 4)).padStart(2, '0')}:${String((n % 4) * 15).padStart(2, '0')}`),
      1,
    ]);
    const { calm } = demand([hourly, 1], ...busy).against(tenAtOnce);
    // At 23:15, and two hours and more from there, where one more is due.
    expect(calm.map((at) => (at - T0) / SLOT)).toEqual([1, 9, 93]);
  });
});
