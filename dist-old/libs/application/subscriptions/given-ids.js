import { decodeEvent, isUndecodableEvent } from '#lib/contracts/events';
import { subscriptionStream } from '#lib/contracts/streams';
import { idOf } from '#lib/domain/subscription';
/** More than anybody has of one service: where to stop asking. */ const MOST = 1_000;
/**
 * To whom the ids of a service were given, by number: each id that was given names a stream, so the first that is empty was not
 * given yet, and none after it.
 */ export async function givenIds(store, { tenant, user }, service) {
    const given = [];
    while(given.length < MOST){
        const stream = subscriptionStream(tenant, user, idOf(service, given.length + 1));
        const [last] = await store.readStream(stream, {
            backwards: true,
            limit: 1
        });
        if (last === undefined) break;
        given.push(toWhom(last));
    }
    return given;
}
/** Null where the event cannot be read: the id is not given again, for it may be another's. */ function toWhom(last) {
    try {
        const event = decodeEvent(last);
        if (event?.type !== 'SubscriptionChanged') return null;
        const { account, after, rows } = event.data;
        return {
            account,
            facts: after,
            rows
        };
    } catch (error) {
        if (isUndecodableEvent(error)) return null;
        throw error;
    }
}

//# sourceMappingURL=given-ids.js.map