import { digest } from './digest.js';
import { chargeRecord } from './records.js';
import { remembered } from './state.js';
import { changesSince } from './transactions.js';
/** Answers what was written, by digest. */ export function* chargeMessages(recurring, transactions) {
    const written = [];
    for (const paid of transactions){
        const record = chargeRecord(paid, recurring.chargeOf(paid));
        if (record === undefined) {
            const reason = 'an amount without a known currency, or finer than it';
            yield {
                kind: 'rejected',
                stream: 'charges',
                reason
            };
            continue;
        }
        written.push(digest(paid.transaction_id));
        yield {
            kind: 'record',
            record
        };
    }
    return written;
}
/**
 * The charges that streams had before Plaid told of them; answers what is stored then, or undefined while Plaid has
 * nothing to read. Plaid names a stream's transactions by id, and no endpoint gives one by its id: `/transactions/get`
 * asks for dates, which the ids do not tell, and by offsets that shift while it is paged. `/transactions/sync` without
 * a cursor gives all of them, in pages that are consistent (…/docs/api/products/transactions, at `cursor`: "If
 * omitted, the entire history of updates will be returned"), at the price of one full read for what is new together.
 *
 * Its cursor is not kept: what was removed between the last one and this loop would never be told. From the last one
 * it is told again, and so is whatever changes meanwhile. A history may tell what was removed as added first, so
 * nothing of it is given out, nor a place in it stored, before its last page.
 */ export async function* earlierCharges(ask, unread, { recurring, newest, stored }, signal) {
    const wanted = {
        isRead: (account)=>recurring.isRead(account),
        isOurs: (paid)=>recurring.chargeOf(paid) !== undefined
    };
    const { held, cursor } = yield* changesSince(ask, undefined, wanted, signal);
    if (cursor === undefined) return undefined;
    const names = new Set(unread.map(({ merchant })=>merchant.provider));
    const listed = new Set(unread.flatMap(({ stream })=>stream.transaction_ids));
    const missed = [
        ...held.values()
    ].filter((paid)=>{
        const isUnread = listed.has(paid.transaction_id) || names.has(recurring.chargeOf(paid)?.provider ?? '');
        return isUnread && !newest.held.has(paid.transaction_id);
    });
    const ours = new Set([
        ...stored,
        ...yield* chargeMessages(recurring, missed)
    ]);
    // In the order of their last change, as after a full read: old charges must not push out the memory of new ones.
    const inOrder = [
        ...held.keys()
    ].map((id)=>digest(id)).filter((id)=>ours.has(id));
    return remembered(inOrder, stored);
}

//# sourceMappingURL=charges.js.map