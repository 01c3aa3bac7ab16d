import type { Millis } from '#lib/domain/kernel';
import type { Recurrence, Rule } from '#lib/domain/recurrence';

/**
 * When and how often, without what tells one schedule from the next: schedules of one pattern are due together. What
 * leaves out single days (a start, an end, excluded dates, blackouts) is no part of it.
 */
export type Pattern =
  | (Exclude<Rule, { readonly frequency: 'interval' }> & {
      readonly zone: string;
      readonly spreadMs: Millis;
    })
  /** Anchors differ: those of one length are due at any time. */
  | { readonly frequency: 'interval'; readonly everySeconds: number };

export function patternOf(recurrence: Recurrence): Pattern {
  const { zone, spreadMs } = recurrence;
  switch (recurrence.frequency) {
    case 'interval':
      return { frequency: 'interval', everySeconds: recurrence.everySeconds };
    case 'hourly':
      return { frequency: 'hourly', minute: recurrence.minute, zone, spreadMs };
    case 'daily':
      return { frequency: 'daily', times: recurrence.times, zone, spreadMs };
    case 'weekly':
      return { frequency: 'weekly', weekdays: recurrence.weekdays, times: recurrence.times, zone, spreadMs };
    case 'monthly': {
      const { days, times, shortMonth } = recurrence;
      return { frequency: 'monthly', days, times, shortMonth, zone, spreadMs };
    }
    default:
      return { frequency: 'cron', expression: recurrence.expression, zone, spreadMs };
  }
}

/** A recurrence that is due when the pattern is. */
export const recurrenceOf = (pattern: Exclude<Pattern, { readonly frequency: 'interval' }>): Recurrence => ({
  ...pattern,
  excludedDates: [],
  blackouts: [],
  gap: 'shift',
  fold: 'first',
});
