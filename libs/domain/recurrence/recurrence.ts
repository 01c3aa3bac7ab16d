import type { Instant, Millis } from '#lib/domain/kernel';

export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
export type Weekday = (typeof weekdays)[number];

/** Local wall-clock time, `HH:MM` or `HH:MM:SS`, 24 hours. */
export type TimeOfDay = string;

/** A day of the month: 1–31, the last day, or the nth (or last) of a weekday. */
export type MonthDay =
  number | 'last' | { readonly nth: 1 | 2 | 3 | 4 | 5 | 'last'; readonly weekday: Weekday };

/** When a schedule is due, by frequency. All but `interval` are wall-clock rules of the recurrence's zone. */
export type Rule =
  /** At this minute (0–59) of every real hour: an hour that is repeated at a fold is due twice, a skipped one never. */
  | { readonly frequency: 'hourly'; readonly minute: number }
  | { readonly frequency: 'daily'; readonly times: readonly TimeOfDay[] }
  | {
      readonly frequency: 'weekly';
      readonly weekdays: readonly Weekday[];
      readonly times: readonly TimeOfDay[];
    }
  /** `shortMonth`: what day 31 means in a month of 30. `clamp` takes the last day, `skip` leaves that month out. */
  | {
      readonly frequency: 'monthly';
      readonly days: readonly MonthDay[];
      readonly times: readonly TimeOfDay[];
      readonly shortMonth: 'clamp' | 'skip';
    }
  /** Every n seconds of elapsed time, counted from `anchor`; wall clocks and zones play no part. */
  | { readonly frequency: 'interval'; readonly everySeconds: number; readonly anchor: Instant }
  /** Five fields, or six with seconds first (croner's dialect, incl. `L` and `#`); short months are skipped. */
  | { readonly frequency: 'cron'; readonly expression: string };

/** A weekly window of local time in which nothing is due; `to` before `from` runs past midnight. `to` is exclusive. */
export type Blackout = {
  readonly weekdays: readonly Weekday[];
  readonly from: TimeOfDay;
  readonly to: TimeOfDay;
};

export type Recurrence = Rule & {
  /** IANA time zone name. */
  readonly zone: string;
  /** Nothing is due before this instant. */
  readonly start?: Instant;
  /** Nothing is due at or after this instant. */
  readonly end?: Instant;
  /** Local dates (`YYYY-MM-DD`) on which nothing is due. */
  readonly excludedDates: readonly string[];
  readonly blackouts: readonly Blackout[];
  /** A local time that does not exist that day (clocks go forward): `shift` it by the length of the gap, or `skip` it. */
  readonly gap: 'shift' | 'skip';
  /** A local time that exists twice that day (clocks go back): the `first`, the `last`, or `both`. */
  readonly fold: 'first' | 'last' | 'both';
  /** Width of the window over which a schedule's effective time is spread after its nominal time. 0: none. */
  readonly spreadMs: Millis;
};
