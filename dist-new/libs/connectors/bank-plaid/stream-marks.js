import { digest } from './digest.js';
/** Merchants that are remembered one by one; they, the charges and the cursor stay under 16 KiB together. */ export const MARKS = 400;
/** 36 bits: one new merchant in a hundred million is taken for one of the 400. */ const SHORT = 6;
export const MAX_MARK = 2 * SHORT + 6;
/** By merchant. More merchants than can be listed count as one, which is new whenever one of them is. */ function groups(subscriptions) {
    const byName = Map.groupBy(subscriptions, ({ merchant })=>merchant.provider);
    if (byName.size <= MARKS) return byName;
    return new Map([
        [
            [
                ...byName.keys()
            ].sort().join('\n'),
            subscriptions
        ]
    ]);
}
/** In no order of Plaid's: it says "sorted by posted date", and not which way. */ const missingOf = (streams, isHere)=>streams.flatMap(({ stream })=>stream.transaction_ids).filter((id)=>!isHere(id)).sort();
const markOf = (name, missing)=>`${digest(name, SHORT)}${digest(missing.join('\n'), SHORT)}${missing.length.toString(36)}`;
/**
 * What a state keeps of streams whose charges were all read: the merchant, and which and how many of the transactions
 * that Plaid lists it does not remember, which are those that it has forgotten and those that are no charges.
 */ export const marksOf = (subscriptions, isHere)=>[
        ...groups(subscriptions)
    ].map(([name, streams])=>markOf(name, missingOf(streams, isHere)));
/**
 * The streams that may have charges from before the cursor: of a merchant that Plaid did not tell of the last time, or
 * that list others that are not here than they did, because one was gained that did not bear the merchant's name when
 * it came. Where charges may have been forgotten, fewer are taken for old ones that Plaid dropped: else an account of
 * many years would be read from the beginning whenever it loses its oldest.
 */ export function unreadStreams(subscriptions, marks, { isHere, mayForget }) {
    const before = new Map(marks.map((mark)=>[
            mark.slice(0, SHORT),
            mark
        ]));
    return [
        ...groups(subscriptions)
    ].flatMap(([name, streams])=>{
        const mark = before.get(digest(name, SHORT));
        if (mark === undefined) return streams;
        const missing = missingOf(streams, isHere);
        const hasFewer = missing.length < Number.parseInt(mark.slice(2 * SHORT), 36);
        const isOld = missing.length === 0 || mark === markOf(name, missing) || mayForget && hasFewer;
        return isOld ? [] : streams;
    });
}

//# sourceMappingURL=stream-marks.js.map