import { weekdays } from './recurrence.js';
export const DAY_MS = 86_400_000;
export const WEEK_MS = 7 * DAY_MS;
export const dayStart = (wall)=>Math.floor(wall / DAY_MS) * DAY_MS;
/** 0 is Monday. 1970-01-01 was a Thursday. */ export const weekdayIndex = (wall)=>((Math.floor(wall / DAY_MS) + 3) % 7 + 7) % 7;
export const indexOfWeekday = (weekday)=>weekdays.indexOf(weekday);
/** Milliseconds since midnight. The text was checked before: see `check.ts`. */ export function timeOfDay(text) {
    const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number);
    return ((hours * 60 + minutes) * 60 + seconds) * 1_000;
}
export const isoDate = (wall)=>new Date(wall).toISOString().slice(0, 10);
export const isoTime = (wall)=>new Date(wall).toISOString().slice(11, 19).replace(/:00$/, '');
export const parseDate = (date)=>Date.parse(`${date}T00:00:00Z`);

//# sourceMappingURL=wall-time.js.map