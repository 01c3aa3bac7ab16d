import { Cron } from 'croner';
import { datesByMonth, everyDay, type Dates, type DaysOfMonth } from './dates.js';
import { Recent } from './recent.js';
import { combinedTimes, type Times } from './times.js';
import { DAY_MS } from './wall-time.js';

/**
 * Cron expressions on the wall clock. Croner says what an expression means: five fields, or six with seconds first;
 * `L`, `#`, `W` and `+` as it has them; day of month and weekday both given: either may match. It is asked in UTC,
 * which has neither gaps nor folds, for two things: which values a field has, and which days of a month match. Times and
 * dates are then found by arithmetic, and what zones do to them is decided by the schedule's own policies, not croner's.
 *
 * Elapsed or fixed is decided as in vixie-cron: a minute or hour field that begins with a star is a wildcard, and its
 * job runs at every elapsed step, in both hours of a fold and not at all in a gap. Any other is a job of fixed times,
 * lists and ranges included, to which the schedule's gap and fold policies apply. Seconds do not count.
 */
export type CompiledCron = {
  readonly elapsed: boolean;
  readonly dates: Dates;
  readonly times: Times;
};

/** Characters. */
export const MAX_CRON_LENGTH = 256;
const EXPRESSIONS_KEPT = 2_000;

const compiled = new Recent<string, CompiledCron>(EXPRESSIONS_KEPT, () => new Map());
const dates = new Recent<string, Dates>(EXPRESSIONS_KEPT, () => new Map());
const fieldValues = new Recent<string, readonly number[]>(EXPRESSIONS_KEPT, () => new Map());

const parse = (expression: string): Cron =>
  new Cron(expression, { timezone: 'UTC', paused: true, mode: '6-part' });

const fieldsOf = (expression: string): string[] => {
  const fields = expression.trim().split(/\s+/);
  return fields.length === 5 ? ['0', ...fields] : fields;
};

/** The values of one time field, read off croner's answers for a single day. `step` is what the field counts, in ms. */
const valuesOf = (pattern: string, step: number, size: number): readonly number[] =>
  fieldValues.of(pattern, () => {
    const cron = parse(pattern);
    const values: number[] = [];
    let found = cron.nextRun(new Date(-1_000))?.getTime();
    while (found !== undefined && found < step * size) {
      values.push(found / step);
      found = cron.nextRun(new Date(found))?.getTime();
    }
    return values;
  });

/** The months that a field names, counted from 0. Asked of the first day, which every month has. */
const monthsOf = (field: string): ReadonlySet<number> => {
  const cron = parse(`0 0 0 1 ${field} *`);
  const months = new Set<number>();
  let found = cron.nextRun(new Date(-1_000));
  while (found !== null && !months.has(found.getUTCMonth())) {
    months.add(found.getUTCMonth());
    found = cron.nextRun(found);
  }
  return months;
};

/**
 * The days that day of month and weekday name, whatever the month. Each day is asked for by itself: to search for the
 * next one may take croner a third of a second where there is none (`1 * +1#5`: the first is never the fifth Monday).
 */
function daysOf(day: string, weekday: string): DaysOfMonth {
  const cron = parse(`0 0 0 ${day} * ${weekday}`);
  return (first, length) => {
    let days = 0;
    for (let at = 0; at < length; at += 1) if (cron.match(new Date(first + at * DAY_MS))) days |= 1 << at;
    return days;
  };
}

const datesOf = (fields: readonly string[]): Dates =>
  dates.of(fields.join(' '), () => {
    const [day = '', month = '', weekday = ''] = fields;
    if (fields.every((field) => field === '*' || field === '?')) return everyDay;
    const months = monthsOf(month);
    return datesByMonth(daysOf(day, weekday), (number) => months.has(number));
  });

/** @throws {TypeError} in croner's words for what is no expression; `cronProblem` says so beforehand. */
export const cronOf = (expression: string): CompiledCron =>
  compiled.of(expression, () => {
    const fields = fieldsOf(expression);
    parse(fields.join(' '));
    const [second = '', minute = '', hour = '', ...date] = fields;
    return {
      elapsed: [minute, hour].some((field) => /^[*?]/.test(field)),
      dates: datesOf(date),
      times: combinedTimes(
        valuesOf(`0 0 ${hour} * * *`, 3_600_000, 24),
        valuesOf(`0 ${minute} 0 * * *`, 60_000, 60),
        valuesOf(`${second} 0 0 * * *`, 1_000, 60),
      ),
    };
  });

/** The days of the month from 29 on that an expression names by number: some months lack them. */
export const lateDaysOf = (expression: string): readonly number[] =>
  (fieldsOf(expression)[3] ?? '')
    .split(',')
    .filter((entry) => /^(29|30|31)$/.test(entry))
    .map(Number);

/** What is wrong with an expression, in words; undefined when it is good. */
export function cronProblem(expression: string): string | undefined {
  if (expression.length > MAX_CRON_LENGTH)
    return `a cron expression has at most ${MAX_CRON_LENGTH} characters; this one has ${expression.length}`;
  const count = expression.trim() === '' ? 0 : expression.trim().split(/\s+/).length;
  if (count !== 5 && count !== 6)
    return `a cron expression has five fields (minute hour day-of-month month weekday), or six with seconds first; "${expression}" has ${count}`;
  try {
    cronOf(expression);
    return undefined;
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error);
    return `"${expression}" is not a cron expression (${why}); write it like "30 2 * * *" (02:30 daily) or "*/15 * * * *"`;
  }
}
