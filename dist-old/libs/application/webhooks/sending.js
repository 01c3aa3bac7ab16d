import { wantsSubject } from '#lib/domain/webhook';
import { reasonOf } from '#lib/domain/parking';
import { bodyOf } from './message.js';
import { nameOf } from './name-of.js';
export const firstTry = (event, replay)=>({
        event,
        isNew: true,
        delivery: {
            ...nameOf(event),
            attempt: 1,
            ...replay === undefined ? {} : {
                replay
            }
        }
    });
/** Without what the endpoint did not ask for. */ export async function prepare(due, webhook, tenant, subjects) {
    const { id, definition } = webhook;
    const prepared = [];
    for (const { event, delivery, isNew } of due){
        if (event === undefined) {
            prepared.push({
                delivery,
                message: 'the log does not have this event any more'
            });
            continue;
        }
        const subject = await subjects.of(event);
        if (isNew && !wantsSubject(definition.filter, subject)) continue;
        const { url } = definition;
        const body = readable(event, subject);
        const common = {
            id: event.id,
            type: event.type,
            tenant,
            webhook: id,
            url
        };
        prepared.push({
            delivery,
            message: 'reason' in body ? body.reason : {
                ...common,
                ...body
            }
        });
    }
    return prepared;
}
/** One event that cannot be read holds up no other. */ function readable(event, subject) {
    try {
        return {
            body: bodyOf(event, subject)
        };
    } catch (error) {
        return {
            reason: `the event cannot be read: ${reasonOf(error)}`
        };
    }
}
const unsent = (message)=>({
        kind: 'failed',
        message,
        durationMs: 0
    });
/** What is thrown is this message's failure: the others of its window were sent. */ async function sent(message, sender, signal) {
    try {
        return await sender.send(message, signal);
    } catch (error) {
        if (signal.aborted) throw error;
        return unsent(reasonOf(error));
    }
}
/**
 * Sends all at once, but those of one stream one after another: what comes first there is told first, as long as it is
 * taken.
 */ export async function sendAll(prepared, sender, { random }, signal) {
    const attempted = [];
    const inOrder = async (ofStream)=>{
        for (const { delivery, message } of ofStream){
            const result = typeof message === 'string' ? unsent(message) : await sent(message, sender, signal);
            attempted.push({
                ...delivery,
                result,
                fraction: random.fraction()
            });
        }
    };
    const byStream = Map.groupBy(prepared, ({ delivery })=>delivery.stream);
    await Promise.all([
        ...byStream.values()
    ].map(inOrder));
    return attempted.sort((one, other)=>one.position - other.position);
}

//# sourceMappingURL=sending.js.map