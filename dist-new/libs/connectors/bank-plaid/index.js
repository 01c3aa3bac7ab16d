import { MINUTE } from '#lib/domain/kernel';
import { classify, defineConnector } from '../kit/index.js';
import { itemAnswer } from './answers.js';
import { chargeMessages, earlierCharges } from './charges.js';
import { plaidClient } from './client.js';
import { digest } from './digest.js';
import { manifest } from './manifest.js';
import { reachOf } from './reach.js';
import { removedRecord, subscriptionRecord } from './records.js';
import { fetchRecurring } from './recurring.js';
import { cursorFor, REMEMBERED, remembered, stateOf } from './state.js';
import { marksOf, unreadStreams } from './stream-marks.js';
import { changesSince } from './transactions.js';
import { withdrawn } from './withdrawals.js';
/** Subscriptions and their charges as a bank sees them: for providers that tell no price themselves. */ export const bankPlaid = defineConnector({
    manifest,
    async check (context) {
        const ask = await plaidClient(context);
        const { item } = await ask('/item/get', {}, itemAnswer);
        if (item.error !== null && item.error !== undefined) {
            const text = JSON.stringify(item.error);
            const refusal = {
                where: 'api',
                what: 'POST /item/get',
                status: 200,
                headers: {},
                text
            };
            const now = context.environment.clock.now();
            throw classify('bank', manifest.errors, refusal, {
                now,
                secrets: []
            });
        }
        return {
            ok: true,
            account: item.institution_name ?? item.institution_id ?? item.item_id
        };
    },
    async *read (context) {
        const since = context.environment.clock.now();
        const ask = await plaidClient(context);
        const recurring = await fetchRecurring(context, ask);
        const { subscriptions } = recurring;
        for (const { stream, merchant } of subscriptions){
            yield {
                kind: 'record',
                record: subscriptionRecord(stream, merchant, recurring.asOf)
            };
        }
        const { item } = await ask('/item/get', {}, itemAnswer);
        const whose = {
            of: digest(JSON.stringify(context.config), 22),
            item: digest(item.item_id)
        };
        const last = stateOf(context.state);
        const from = context.operation === 'full_sync' ? undefined : cursorFor(last, whose);
        const newest = yield* changesSince(ask, from, wantedOf(recurring, last), context.signal);
        const before = newest.isAll ? undefined : last;
        const written = yield* chargeMessages(recurring, newest.held.values());
        yield* removals(newest, last?.stored ?? [], since);
        const { cursor } = newest;
        if (cursor === undefined) {
            const message = `Plaid has not fetched the transactions of this ${context.config.environment} Item yet`;
            yield {
                kind: 'wait',
                class: 'DATA_NOT_READY',
                delayMs: 5 * MINUTE,
                message
            };
            return;
        }
        const due = newest.isAll ? since : before?.due;
        const reach = reachOf(last, whose.item, newest);
        if (newest.hasHistory) yield* withdrawn(recurring, {
            ...reach,
            due
        }, since);
        const unread = before === undefined ? [] : unreadOf(subscriptions, before, newest);
        const stored = remembered(before?.stored ?? [], written);
        const later = newest.hasHistory || due === undefined ? {} : {
            due
        };
        const state = {
            v: 1,
            ...whose,
            cursor,
            stored,
            ...reach,
            ...later
        };
        const read = subscriptions.filter((subscription)=>!unread.includes(subscription));
        yield stateMessage(state, read);
        if (unread.length === 0) return;
        const all = yield* earlierCharges(ask, unread, {
            recurring,
            newest,
            stored
        }, context.signal);
        if (all !== undefined) yield stateMessage({
            ...state,
            stored: all
        }, subscriptions);
    }
});
/** What is stored is asked for whatever it is now: Plaid may not see any more that it recurs. */ function wantedOf(recurring, last) {
    const isStored = isAmong(last?.stored ?? []);
    return {
        isRead: (account)=>recurring.isRead(account),
        isOurs: (paid)=>recurring.chargeOf(paid) !== undefined || isStored(paid.transaction_id)
    };
}
/**
 * Charges that the bank took back. What may be forgotten is taken back by its id alone, which does nothing where it was
 * no charge: Plaid's are of one length, so that none begins another. A read from the beginning tells what is left anyway.
 */ function* removals({ removed, isAll }, stored, since) {
    const isStored = isAmong(stored);
    const mayForget = stored.length === REMEMBERED && !isAll;
    for (const id of removed){
        if (isStored(id)) yield {
            kind: 'record',
            record: removedRecord(id)
        };
        else if (mayForget) yield {
            kind: 'complete',
            stream: 'charges',
            since,
            within: id
        };
    }
}
/** `read`: the streams whose charges are all given out before it. */ function stateMessage(state, read) {
    const streams = marksOf(read, isAmong(state.stored));
    return {
        kind: 'state',
        state: {
            ...state,
            streams
        }
    };
}
const unreadOf = (subscriptions, { stored, streams }, { held })=>{
    const isStored = isAmong(stored);
    return unreadStreams(subscriptions, streams, {
        isHere: (id)=>held.has(id) || isStored(id),
        mayForget: stored.length === REMEMBERED
    });
};
function isAmong(digests) {
    const known = new Set(digests);
    return (id)=>known.has(digest(id));
}

//# sourceMappingURL=index.js.map