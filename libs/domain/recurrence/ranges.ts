import type { Instant } from '#lib/domain/kernel';
import { next } from './next.js';
import type { Recurrence } from './recurrence.js';

export type Range = { readonly instants: readonly Instant[]; readonly more: boolean };
export type RangeCount = {
  readonly count: number;
  readonly exact: boolean;
  readonly first?: Instant;
  readonly last?: Instant;
};

/** Due instants in (after, to], oldest first, at most `limit`; `more` when the range holds others. */
export function between(recurrence: Recurrence, after: Instant, to: Instant, limit: number): Range {
  const instants: Instant[] = [];
  let instant = next(recurrence, after);
  while (instant !== undefined && instant <= to && instants.length < limit) {
    instants.push(instant);
    instant = next(recurrence, instant);
  }
  return { instants, more: instant !== undefined && instant <= to };
}

const plainInterval = (
  recurrence: Recurrence,
): recurrence is Extract<Recurrence, { frequency: 'interval' }> =>
  recurrence.frequency === 'interval' &&
  recurrence.blackouts.length === 0 &&
  recurrence.excludedDates.length === 0;

/**
 * How many are due in (after, to], and the first and last of them. Counted one by one up to `cap`, beyond it `exact`
 * is false; a plain interval is counted by division, however many there are.
 */
export function countBetween(recurrence: Recurrence, after: Instant, to: Instant, cap: number): RangeCount {
  const first = next(recurrence, after);
  if (first === undefined || first > to) return { count: 0, exact: true };
  const last = latest(recurrence, to, after) ?? first;
  if (plainInterval(recurrence)) {
    return {
      count: Math.round((last - first) / (recurrence.everySeconds * 1_000)) + 1,
      exact: true,
      first,
      last,
    };
  }
  const { instants, more } = between(recurrence, after, to, cap);
  return { count: instants.length, exact: !more, first, last };
}

const NARROWEST = 1_000;

/** The last due instant in (after, atOrBefore]. Looks back in windows that double, so a long range costs no more than a short one. */
export function latest(recurrence: Recurrence, atOrBefore: Instant, after: Instant): Instant | undefined {
  const to = Math.min(atOrBefore, (recurrence.end ?? Infinity) - 1);
  const newest = next(recurrence, after);
  if (newest === undefined || newest > to) return undefined;
  for (let width = NARROWEST; ; width *= 2) {
    const from = Math.max(to - width, after);
    const found = lastIn(recurrence, from, to);
    if (found !== undefined || from === after) return found;
  }
}

/** By bisection on "is any due after this?": few steps however dense the window is. */
function lastIn(recurrence: Recurrence, after: Instant, to: Instant): Instant | undefined {
  let found = next(recurrence, after);
  if (found === undefined || found > to) return undefined;
  let high = to;
  while (found < high) {
    const middle = Math.floor((found + high) / 2);
    const later = next(recurrence, middle);
    if (later !== undefined && later <= to) found = later;
    else if (middle === found) break;
    else high = middle;
  }
  const following = next(recurrence, found);
  return following !== undefined && following <= to ? lastIn(recurrence, found, to) : found;
}
