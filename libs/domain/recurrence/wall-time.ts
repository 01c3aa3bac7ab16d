import { weekdays, type TimeOfDay, type Weekday } from './recurrence.js';

/**
 * Wall-clock time as a number: milliseconds since 1970-01-01T00:00 on the clock on the wall, whatever the zone. What
 * `Date.UTC` gives for the digits one reads there. Dates and weekdays of it are plain calendar arithmetic.
 */
export type Wall = number;

export const DAY_MS = 86_400_000;
export const WEEK_MS = 7 * DAY_MS;

export const dayStart = (wall: Wall): Wall => Math.floor(wall / DAY_MS) * DAY_MS;

/** 0 is Monday. 1970-01-01 was a Thursday. */
export const weekdayIndex = (wall: Wall): number => (((Math.floor(wall / DAY_MS) + 3) % 7) + 7) % 7;

export const indexOfWeekday = (weekday: Weekday): number => weekdays.indexOf(weekday);

/** Milliseconds since midnight. The text was checked before: see `check.ts`. */
export function timeOfDay(text: TimeOfDay): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1_000;
}

export const isoDate = (wall: Wall): string => new Date(wall).toISOString().slice(0, 10);
export const isoTime = (wall: Wall): string => new Date(wall).toISOString().slice(11, 19).replace(/:00$/, '');
export const parseDate = (date: string): Wall => Date.parse(`${date}T00:00:00Z`);
