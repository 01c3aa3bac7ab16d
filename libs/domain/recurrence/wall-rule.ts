import { isElapsed, nextCron } from './cron.js';
import type { MonthDay, Recurrence, Rule } from './recurrence.js';
import { DAY_MS, dayStart, indexOfWeekday, timeOfDay, weekdayIndex, type Wall } from './wall-time.js';

/**
 * A rule on the wall clock, before zones come into it. `elapsed`: due at every real hour or step, so that both hours
 * of a fold count and a gap has nothing in it; otherwise the gap and fold policies apply.
 */
export type WallRule = {
  readonly elapsed: boolean;
  /** The first wall time strictly after that the rule names; undefined: none within its horizon. */
  nextWall(after: Wall): Wall | undefined;
};

const HOUR_MS = 3_600_000;
/** Two whole cycles of leap years and weekdays, with the century years that are none: nothing rarer exists. */
const HORIZON_MONTHS = 12 * 45;

/** Times of day, sorted, on the days that `matches` says. `skipTo` may name a later day to go on at. */
function byDay(
  times: readonly number[],
  matches: (day: Wall) => boolean,
  limitDays: number,
): WallRule['nextWall'] {
  return (after) => {
    let day = dayStart(after);
    for (let step = 0; step <= limitDays; step += 1, day += DAY_MS) {
      if (!matches(day)) continue;
      for (const time of times) {
        if (day + time > after) return day + time;
      }
    }
    return undefined;
  };
}

const sortedTimes = (times: readonly string[]): readonly number[] =>
  [...new Set(times.map(timeOfDay))].sort((a, b) => a - b);

function weekly(rule: Extract<Rule, { frequency: 'weekly' }>): WallRule {
  const days = new Set(rule.weekdays.map(indexOfWeekday));
  return {
    elapsed: false,
    nextWall: byDay(sortedTimes(rule.times), (day) => days.has(weekdayIndex(day)), 8),
  };
}

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month + 1, 0)).getUTCDate();

/** The day of the month that a spec names, if that month has it. */
function dayOf(
  spec: MonthDay,
  year: number,
  month: number,
  shortMonth: 'clamp' | 'skip',
): number | undefined {
  const length = daysIn(year, month);
  if (spec === 'last') return length;
  if (typeof spec === 'number') return spec <= length ? spec : shortMonth === 'clamp' ? length : undefined;
  const wanted = indexOfWeekday(spec.weekday);
  if (spec.nth === 'last') return length - ((weekdayIndex(Date.UTC(year, month, length)) - wanted + 7) % 7);
  const first = 1 + ((wanted - weekdayIndex(Date.UTC(year, month, 1)) + 7) % 7);
  const day = first + (spec.nth - 1) * 7;
  return day <= length ? day : undefined;
}

function monthly(rule: Extract<Rule, { frequency: 'monthly' }>): WallRule {
  const times = sortedTimes(rule.times);
  const datesOf = (year: number, month: number): readonly number[] =>
    [...new Set(rule.days.flatMap((spec) => dayOf(spec, year, month, rule.shortMonth) ?? []))].sort(
      (a, b) => a - b,
    );
  return {
    elapsed: false,
    nextWall(after) {
      const from = new Date(after);
      for (let step = 0; step <= HORIZON_MONTHS; step += 1) {
        const first = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + step, 1));
        const [year, month] = [first.getUTCFullYear(), first.getUTCMonth()];
        for (const day of datesOf(year, month)) {
          for (const time of times) {
            const wall = Date.UTC(year, month, day) + time;
            if (wall > after) return wall;
          }
        }
      }
      return undefined;
    },
  };
}

function hourly(minute: number): WallRule {
  const into = minute * 60_000;
  return { elapsed: true, nextWall: (after) => (Math.floor((after - into) / HOUR_MS) + 1) * HOUR_MS + into };
}

/** Undefined for `interval`, which knows no wall clock. */
export function wallRuleOf(recurrence: Recurrence): WallRule | undefined {
  switch (recurrence.frequency) {
    case 'hourly':
      return hourly(recurrence.minute);
    case 'daily':
      return { elapsed: false, nextWall: byDay(sortedTimes(recurrence.times), () => true, 2) };
    case 'weekly':
      return weekly(recurrence);
    case 'monthly':
      return monthly(recurrence);
    case 'cron': {
      const { expression } = recurrence;
      return { elapsed: isElapsed(expression), nextWall: (after) => nextCron(expression, after) };
    }
    case 'interval':
      return undefined;
  }
}
