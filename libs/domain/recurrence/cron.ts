import { Cron } from 'croner';
import type { Wall } from './wall-time.js';

/**
 * Cron expressions, evaluated on the wall clock: croner is asked in UTC, which has neither gaps nor folds, and what it
 * answers is read as wall time. Five fields, or six with seconds first; `L` and `#` as croner has them. Day of month
 * and weekday both given: either may match, as in every cron since Version 7.
 */
export const MAX_CRON_LENGTH = 256;

const KEPT = 5_000;
const compiled = new Map<string, Cron>();

function cronOf(expression: string): Cron {
  let cron = compiled.get(expression);
  if (cron === undefined) {
    cron = new Cron(expression, { timezone: 'UTC', paused: true, mode: 'auto' });
    if (compiled.size >= KEPT) compiled.clear();
    compiled.set(expression, cron);
  }
  return cron;
}

/** The first match strictly after; undefined when there is none. Fractions of a second are not due times. */
export function nextCron(expression: string, after: Wall): Wall | undefined {
  const next = cronOf(expression).nextRun(new Date(Math.floor(after / 1_000) * 1_000));
  return next === null ? undefined : next.getTime();
}

/**
 * Whether the expression runs by elapsed time rather than at fixed times: its hour or its minute is a wildcard or a
 * step, the distinction that vixie-cron and its heirs make. Such a job runs at every step of both hours of a fold.
 */
export function isElapsed(expression: string): boolean {
  const fields = expression.trim().split(/\s+/);
  const [minute = '', hour = ''] = fields.length === 6 ? fields.slice(1) : fields;
  return [minute, hour].some((field) => field.startsWith('*'));
}

/** What is wrong with an expression, in words; undefined when it is good. */
export function cronProblem(expression: string): string | undefined {
  if (expression.length > MAX_CRON_LENGTH)
    return `a cron expression has at most ${MAX_CRON_LENGTH} characters; this one has ${expression.length}`;
  const fields = expression.trim().split(/\s+/);
  if (fields.length !== 5 && fields.length !== 6) {
    return `a cron expression has five fields (minute hour day-of-month month weekday), or six with seconds first; "${expression}" has ${expression.trim() === '' ? 0 : fields.length}`;
  }
  try {
    cronOf(expression);
    return undefined;
  } catch (error) {
    return `"${expression}" is not a cron expression: ${error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error)}`;
  }
}
