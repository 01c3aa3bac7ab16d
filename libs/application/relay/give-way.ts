import type { Millis } from '#lib/domain/kernel';

/**
 * While the log grows by `positions` or more from one look to the next, whoever only tells of it waits, `longestMs` at
 * most: runs that are due come first (decision 11).
 */
export const giveWay: { readonly lookMs: Millis; readonly positions: number; readonly longestMs: Millis } = {
  lookMs: 100,
  positions: 100,
  longestMs: 2_000,
};
