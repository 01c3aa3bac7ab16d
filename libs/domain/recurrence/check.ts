import { DAY, iso, type Instant } from '#lib/domain/kernel';
import { cronProblem } from './cron.js';
import { next } from './next.js';
import type { Recurrence } from './recurrence.js';
import { affectedByTransitions } from './transitions.js';
import { isZone } from './zone.js';

export type RecurrenceFinding = {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  /** Where in the recurrence, e.g. `times[0]`. */
  readonly field: string;
  /** What was wrong, and what would be right. */
  readonly message: string;
};

const TIME = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const LOOK_AHEAD = 400 * DAY;

const error = (code: string, field: string, message: string): RecurrenceFinding => ({
  severity: 'error',
  code,
  field,
  message,
});
const warning = (code: string, field: string, message: string): RecurrenceFinding => ({
  severity: 'warning',
  code,
  field,
  message,
});

const times = (values: readonly string[], field: string): RecurrenceFinding[] => [
  ...(values.length === 0 ? [error('empty_list', field, 'name at least one time of day, like "03:00"')] : []),
  ...values.flatMap((value, index) =>
    TIME.test(value)
      ? []
      : [
          error(
            'invalid_time',
            `${field}[${index}]`,
            `"${value}" is not a time of day; write HH:MM or HH:MM:SS, 00:00 to 23:59`,
          ),
        ],
  ),
];

function monthly(recurrence: Extract<Recurrence, { frequency: 'monthly' }>): RecurrenceFinding[] {
  const findings = times(recurrence.times, 'times');
  if (recurrence.days.length === 0)
    findings.push(error('empty_list', 'days', 'name at least one day: 1–31, "last", or { nth, weekday }'));
  for (const [index, day] of recurrence.days.entries()) {
    if (typeof day !== 'number') continue;
    if (!Number.isInteger(day) || day < 1 || day > 31)
      findings.push(
        error('invalid_day', `days[${index}]`, `${day} is no day of a month; 1 to 31, or "last"`),
      );
    else if (day > 28) {
      const rule =
        recurrence.shortMonth === 'clamp'
          ? 'its last day is taken (shortMonth: clamp)'
          : 'that month is left out (shortMonth: skip)';
      findings.push(
        warning(
          'short_month',
          `days[${index}]`,
          `not every month has a day ${day}: where it is missing, ${rule}`,
        ),
      );
    }
  }
  return findings;
}

function rule(recurrence: Recurrence): RecurrenceFinding[] {
  switch (recurrence.frequency) {
    case 'hourly': {
      const { minute } = recurrence;
      return Number.isInteger(minute) && minute >= 0 && minute <= 59
        ? []
        : [error('invalid_minute', 'minute', `${minute} is no minute of an hour; 0 to 59`)];
    }
    case 'daily':
      return times(recurrence.times, 'times');
    case 'weekly':
      return [
        ...(recurrence.weekdays.length === 0
          ? [error('empty_list', 'weekdays', 'name at least one weekday, like "monday"')]
          : []),
        ...times(recurrence.times, 'times'),
      ];
    case 'monthly':
      return monthly(recurrence);
    case 'interval': {
      const { everySeconds } = recurrence;
      return Number.isSafeInteger(everySeconds) && everySeconds >= 1
        ? []
        : [error('invalid_interval', 'every', 'an interval is a whole number of seconds, 1 or more')];
    }
    case 'cron': {
      const problem = cronProblem(recurrence.expression);
      return problem === undefined ? [] : [error('invalid_cron', 'expression', problem)];
    }
  }
}

const isDate = (text: string): boolean =>
  DATE.test(text) &&
  !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) &&
  new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);

function bounds(recurrence: Recurrence): RecurrenceFinding[] {
  const { zone, start, end, excludedDates, blackouts, spreadMs } = recurrence;
  const findings: RecurrenceFinding[] = [];
  if (!isZone(zone))
    findings.push(
      error(
        'unknown_zone',
        'zone',
        `"${zone}" is not a time zone; use an IANA name like "Europe/Berlin" or "UTC"`,
      ),
    );
  if (start !== undefined && end !== undefined && end <= start)
    findings.push(error('end_before_start', 'end', `end (${iso(end)}) must lie after start (${iso(start)})`));
  for (const [index, date] of excludedDates.entries()) {
    if (!isDate(date))
      findings.push(
        error('invalid_date', `excludedDates[${index}]`, `"${date}" is not a date; write YYYY-MM-DD`),
      );
  }
  for (const [index, blackout] of blackouts.entries()) {
    const field = `blackouts[${index}]`;
    if (blackout.weekdays.length === 0)
      findings.push(error('empty_list', `${field}.weekdays`, 'name at least one weekday'));
    findings.push(...times([blackout.from], `${field}.from`), ...times([blackout.to], `${field}.to`));
    if (blackout.from === blackout.to)
      findings.push(
        error(
          'empty_blackout',
          field,
          'from and to are the same time: a window needs a length (00:00 to 23:59:59 is a day)',
        ),
      );
  }
  if (!Number.isFinite(spreadMs) || spreadMs < 0 || spreadMs > DAY)
    findings.push(error('invalid_spread', 'spread', 'a spread is 0 to 24 hours'));
  return findings;
}

/** Everything that is wrong with a recurrence, or deserves a warning. `now` is where "never due" looks from. */
export function checkRecurrence(recurrence: Recurrence, now: Instant): readonly RecurrenceFinding[] {
  const findings = [...rule(recurrence), ...bounds(recurrence)];
  if (findings.some((finding) => finding.severity === 'error')) return findings;
  if (next(recurrence, now) === undefined) {
    const field = recurrence.frequency === 'cron' ? 'expression' : 'frequency';
    return [
      ...findings,
      error(
        'never_due',
        field,
        `nothing is ever due after ${iso(now)}: the rule names no date that exists, or everything it names is excluded or past its end`,
      ),
    ];
  }
  const affected = affectedByTransitions(recurrence, now, now + LOOK_AHEAD);
  for (const { kind, date, localTime } of affected) {
    const message =
      kind === 'gap'
        ? `${localTime} does not exist on ${date} in ${recurrence.zone}, where clocks go forward: it is ${recurrence.gap === 'shift' ? 'moved later by as much' : 'left out'} (gap: ${recurrence.gap})`
        : `${localTime} comes twice on ${date} in ${recurrence.zone}, where clocks go back: it is due ${recurrence.fold === 'both' ? 'both times' : `the ${recurrence.fold} time`} (fold: ${recurrence.fold})`;
    findings.push(warning(`dst_${kind}`, kind, message));
  }
  return findings;
}
