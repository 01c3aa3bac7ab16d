import type { Recurrence } from './recurrence.js';
import {
  DAY_MS,
  dayStart,
  indexOfWeekday,
  isoDate,
  timeOfDay,
  weekdayIndex,
  WEEK_MS,
  type Wall,
} from './wall-time.js';

/** When nothing is due: dates, and windows of the week. Answers where an excluded stretch ends, so that it is jumped. */
export type Exclusions = {
  /** No week has a moment left. */
  readonly everything: boolean;
  /** The wall time at which the stretch around `wall` ends; undefined when `wall` is not excluded. */
  end(wall: Wall): Wall | undefined;
};

type Window = { readonly from: number; readonly to: number };

const none: Exclusions = { everything: false, end: () => undefined };

/** Windows in milliseconds since Monday 00:00, merged and sorted; one that runs past Sunday midnight is cut in two. */
function windowsOf(recurrence: Recurrence): readonly Window[] {
  const cut: Window[] = [];
  for (const { weekdays, from, to } of recurrence.blackouts) {
    for (const weekday of weekdays) {
      const start = indexOfWeekday(weekday) * DAY_MS + timeOfDay(from);
      const length = (timeOfDay(to) - timeOfDay(from) + DAY_MS) % DAY_MS || DAY_MS;
      if (start + length <= WEEK_MS) cut.push({ from: start, to: start + length });
      else cut.push({ from: start, to: WEEK_MS }, { from: 0, to: start + length - WEEK_MS });
    }
  }
  const merged: { from: number; to: number }[] = [];
  for (const window of cut.sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last !== undefined && window.from <= last.to) last.to = Math.max(last.to, window.to);
    else merged.push({ ...window });
  }
  return merged;
}

export function exclusionsOf(recurrence: Recurrence): Exclusions {
  if (recurrence.blackouts.length === 0 && recurrence.excludedDates.length === 0) return none;
  const dates = new Set(recurrence.excludedDates);
  const windows = windowsOf(recurrence);
  const [first] = windows;
  const endOfWindow = (wall: Wall): Wall | undefined => {
    const weekStart = dayStart(wall) - weekdayIndex(wall) * DAY_MS;
    const into = wall - weekStart;
    const window = windows.find(({ from, to }) => from <= into && into < to);
    return window === undefined ? undefined : weekStart + window.to;
  };
  return {
    everything: first !== undefined && first.from === 0 && first.to >= WEEK_MS,
    end: (wall) => endOfWindow(wall) ?? (dates.has(isoDate(wall)) ? dayStart(wall) + DAY_MS : undefined),
  };
}
