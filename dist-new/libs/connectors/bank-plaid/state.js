import { z } from 'zod';
import { MARKS, MAX_MARK } from './stream-marks.js';
/** Charges that are remembered: some years of subscriptions, in a state that stays under 16 KiB. */ export const REMEMBERED = 400;
/** Accounts whose first days are remembered. */ export const ACCOUNTS = 20;
/** 24 bits: two of 20 accounts are taken for one in a hundred thousand Items. */ export const SHORT_ACCOUNT = 4;
/**
 * How far transactions were read, as of the end of a whole page loop: a cursor from its middle must not be kept.
 * `of`: the settings that it was read with, by digest, and `item`: the bank link, by that of its id; absent, it is of
 * the version that did not ask. `stored`: digests of the charges stored last, oldest first,
 * so that of all that is removed from the account only what we hold is written down. `streams`: marks of those
 * whose charges are here from the first on. Absent, it is of the version that may have missed some of any stream.
 * `first`: the first day that this Item told of; `days`: those of its accounts, each behind its id by digest, oldest first;
 * `former`: those of accounts under the link before this one. `due`: when it was read from the beginning while Plaid
 * still fetched the history.
 */ const plaidState = z.strictObject({
    v: z.literal(1),
    of: z.string().max(40),
    item: z.string().max(40).optional(),
    cursor: z.string().min(1).max(1_000),
    stored: z.array(z.string().max(20)).max(REMEMBERED),
    streams: z.array(z.string().max(MAX_MARK)).max(MARKS).default([]),
    first: z.iso.date().optional(),
    days: z.array(z.string().max(SHORT_ACCOUNT + 10)).max(ACCOUNTS).default([]),
    former: z.array(z.iso.date()).max(ACCOUNTS).optional(),
    due: z.number().optional()
});
/** Of another version: as none, so that everything is read. */ export const stateOf = (state)=>plaidState.safeParse(state).data;
/** One of other settings or of another Item still tells what is stored, and its cursor leads nowhere. */ export const cursorFor = (state, { of, item })=>state?.of === of && (state.item === undefined || state.item === item) ? state.cursor : undefined;
export const remembered = (before, now)=>[
        ...new Set([
            ...before,
            ...now
        ])
    ].slice(-REMEMBERED);

//# sourceMappingURL=state.js.map