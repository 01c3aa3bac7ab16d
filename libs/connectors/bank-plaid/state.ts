import { z } from 'zod';
import { ConnectorError } from '../kit/index.js';
import { MARKS, MAX_MARK } from './stream-marks.js';

/** Charges that are remembered: some years of subscriptions, in a state that stays under 16 KiB. */
export const REMEMBERED = 400;

/**
 * How far transactions were read, as of the end of a whole page loop: a cursor from its middle must not be kept.
 * `of`: the settings that it was read with, by digest. `stored`: digests of the charges stored last, oldest first,
 * so that of all that is removed from the account only what we hold is written down. `streams`: marks of those
 * whose charges are here from the first on. Absent, it is of the version that may have missed some of any stream.
 */
const plaidState = z.strictObject({
  v: z.literal(1),
  of: z.string().max(40),
  cursor: z.string().min(1).max(1_000),
  stored: z.array(z.string().max(20)).max(REMEMBERED),
  streams: z.array(z.string().max(MAX_MARK)).max(MARKS).default([]),
});
export type PlaidState = z.infer<typeof plaidState>;

/** @throws {ConnectorError} CURSOR_INVALID: of another version, or of other settings: the engine reads in full. */
export function stateOf(state: unknown, of: string): PlaidState | undefined {
  if (state === undefined || state === null) return undefined;
  const parsed = plaidState.safeParse(state);
  if (parsed.success && parsed.data.of === of) return parsed.data;
  throw new ConnectorError('CURSOR_INVALID', 'the stored Plaid cursor is not for these settings', {
    code: 'state_unreadable',
  });
}

export const remembered = (before: readonly string[], now: readonly string[]): string[] =>
  [...new Set([...before, ...now])].slice(-REMEMBERED);
