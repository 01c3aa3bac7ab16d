import type { MonthDay, Recurrence } from '../api/shapes.js';
import { counted } from './amounts.js';
import { span } from './time.js';

/** A recurrence in a few words. */

const ordinal = (n: number): string => {
  const tail = n % 100 > 10 && n % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${tail}`;
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function dayOf(day: MonthDay): string {
  if (day === 'last') return 'last day';
  if (typeof day === 'number') return ordinal(day);
  return `${day.nth === 'last' ? 'last' : ordinal(day.nth)} ${capital(day.weekday)}`;
}

const time = (text: string): string => text.replace(/:00$/, (seconds, at: number) => (at > 4 ? '' : seconds));
const clock = (times: readonly string[]): string => list(times.map(time));

const list = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;

export function recurrenceText({
  frequency,
  minute = 0,
  times = [],
  weekdays = [],
  days = [],
  every = 0,
  expression = '',
}: Recurrence) {
  switch (frequency) {
    case 'hourly':
      return `Hourly at minute ${String(minute).padStart(2, '0')}`;
    case 'daily':
      return `Daily at ${clock(times)}`;
    case 'weekly':
      return `${list(weekdays.map((day) => capital(day.slice(0, 3))))} at ${clock(times)}`;
    case 'monthly':
      return `Monthly on the ${list(days.map(dayOf))} at ${clock(times)}`;
    case 'interval':
      return `Every ${span(every)}`;
    case 'cron':
      return `Cron ${expression}`;
    default:
      return frequency satisfies never;
  }
}

/** With what goes with it. */
export function recurrenceDetails(recurrence: Recurrence): readonly string[] {
  const { spread, start, end, excludedDates = [], blackouts = [] } = recurrence;
  return [
    ...(spread === undefined || spread === 0 ? [] : [`spread over ${span(spread)}`]),
    ...(start === undefined ? [] : [`from ${start.slice(0, 10)}`]),
    ...(end === undefined ? [] : [`until ${end.slice(0, 10)}`]),
    ...(excludedDates.length === 0 ? [] : [counted(excludedDates.length, 'excluded date')]),
    ...(blackouts.length === 0 ? [] : [counted(blackouts.length, 'weekly blackout')]),
  ];
}
