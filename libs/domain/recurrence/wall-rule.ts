import { cronOf } from './cron.js';
import { everyDay, monthDates, weekdayDates, type Dates } from './dates.js';
import type { Recurrence } from './recurrence.js';
import { combinedTimes, listedTimes, type Times } from './times.js';
import { DAY_MS, dayStart, type Wall } from './wall-time.js';

/**
 * A rule on the wall clock, before zones come into it. `elapsed`: due at every real hour or step, so that both hours
 * of a fold count and a gap has nothing in it; otherwise the gap and fold policies apply.
 */
export type WallRule = {
  readonly elapsed: boolean;
  /** The first wall time strictly after that the rule names; undefined: none within its horizon. */
  nextWall(after: Wall): Wall | undefined;
};

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** Every one of these times on every one of these dates. */
const rule = (elapsed: boolean, dates: Dates, times: Times): WallRule => ({
  elapsed,
  nextWall(after) {
    const day = dayStart(after);
    const date = dates(day);
    const time = date === day ? times.after(after - day) : undefined;
    if (time !== undefined) return day + time;
    const later = date === day ? dates(day + DAY_MS) : date;
    return later === undefined ? undefined : later + times.first;
  },
});

/**
 * Undefined for `interval`, which knows no wall clock.
 * @throws for a cron expression that `checkRecurrence` refuses.
 */
export function wallRuleOf(recurrence: Recurrence): WallRule | undefined {
  switch (recurrence.frequency) {
    case 'hourly':
      return rule(true, everyDay, combinedTimes(HOURS, [recurrence.minute], [0]));
    case 'daily':
      return rule(false, everyDay, listedTimes(recurrence.times));
    case 'weekly':
      return rule(false, weekdayDates(recurrence), listedTimes(recurrence.times));
    case 'monthly':
      return rule(false, monthDates(recurrence), listedTimes(recurrence.times));
    case 'cron': {
      const { elapsed, dates, times } = cronOf(recurrence.expression);
      return rule(elapsed, dates, times);
    }
    case 'interval':
      return undefined;
  }
}
