import { z } from 'zod';
import { DAY, type Millis } from '#lib/domain/kernel';
import { canonicalProvider } from '#lib/domain/provider';

/** The words that every request is made of. Bounds are ours; each message says what would be right. */

// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f]/;

/** Human text on one line: no control characters, no half surrogates. */
export const text = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .refine(
      (value) => !CONTROL.test(value) && value.isWellFormed(),
      'has control characters or broken Unicode; send plain text on one line',
    );

const NAME = /^[A-Za-z0-9][A-Za-z0-9_@:-]{0,127}$/;
/** Names that callers choose: users, connections, providers. */
export const name = z
  .string()
  .regex(NAME, 'must be 1 to 128 letters, digits, "_", "@", ":" or "-", beginning with a letter or digit');
/** By whichever of its names. */
export const provider = name.transform(canonicalProvider);
export const scheduleId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'is not a schedule id');
export const webhookId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'is not a webhook id');
export const bulkChangeId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'is not the id of a bulk change');
export const runId = z.string().regex(/^[A-Za-z0-9_-]{1,64}(\.[A-Za-z0-9_-]{1,64}){2,3}$/, 'is not a run id');

const ISO_DURATION =
  /^P(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

export function parseDuration(value: string | number): Millis | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? value * 1_000 : undefined;
  const match = ISO_DURATION.exec(value);
  if (match === null || value === 'P' || value.endsWith('T')) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  const ms = Math.round((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000);
  return Number.isSafeInteger(ms) ? ms : undefined;
}

/** Milliseconds as an ISO 8601 duration, in the largest units that divide it. */
export function printDuration(ms: Millis): string {
  if (ms > 0 && ms % DAY === 0) return `P${ms / DAY}D`;
  const [hours, minutes, seconds] = [
    Math.floor(ms / 3_600_000),
    Math.floor(ms / 60_000) % 60,
    (ms % 60_000) / 1_000,
  ];
  const parts = [
    hours > 0 ? `${hours}H` : '',
    minutes > 0 ? `${minutes}M` : '',
    seconds > 0 || ms === 0 ? `${seconds}S` : '',
  ];
  return `PT${parts.join('')}`;
}

/** A length of time: an ISO 8601 duration of days, hours, minutes and seconds, or whole seconds. */
export const duration = (least: Millis, most: Millis) =>
  z.union([z.string().max(40), z.number()]).transform((value, context) => {
    const ms = parseDuration(value);
    if (ms !== undefined && ms >= least && ms <= most) return ms;
    context.addIssue({
      code: 'custom',
      message: `must be a duration like "PT15M" or a whole number of seconds, from ${printDuration(least)} to ${printDuration(most)}`,
    });
    return z.NEVER;
  });

/** The same from a query string, where digits are text. */
export const durationText = (least: Millis, most: Millis) =>
  z
    .union([z.string().max(40), z.number()])
    .transform((value) => (typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value))
    .pipe(duration(least, most));

const FIRST = Date.UTC(1970, 0, 1);
const LAST = Date.UTC(2400, 0, 1);

/** An instant: ISO 8601 with an offset or Z. */
export const instant = z.iso
  .datetime({ offset: true, error: 'must be an instant like "2027-03-01T03:00:00Z", with Z or an offset' })
  .transform((value, context) => {
    const at = Date.parse(value);
    if (at >= FIRST && at < LAST) return at;
    context.addIssue({ code: 'custom', message: 'must lie between the years 1970 and 2400' });
    return z.NEVER;
  });

export const whole = (least: number, most: number) => z.number().int().min(least).max(most);
/** The same from a query string. */
export const wholeText = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
