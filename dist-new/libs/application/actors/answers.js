import { reject } from '#lib/domain/kernel';
import { isEventStoreError } from '#lib/event-store/port';
import { CommandOutage } from './command.js';
/** Another tenant's stream looks like one that does not exist. */ export const foreign = (actor, context)=>actor.aggregate.tenantOwned && actor.tenant !== undefined && actor.tenant !== context.tenant;
/**
 * What another tenant's caller is told, to the word what is told of a stream that does not exist: a different one would
 * say that it does. Where one could be made, under a name that is taken, that there is none is all that is said.
 */ export function toStranger({ decider, kind }, command) {
    const decision = decider.decide(command, decider.initialState);
    return {
        ok: false,
        rejection: decision.accepted ? {
            reason: 'not_found',
            message: `there is no such ${kind}`
        } : decision.rejection
    };
}
/** The answer that a repeated idempotency key got the first time; undefined for a new one. */ export function answerRepeated(actor, context) {
    const { idempotency } = context;
    if (idempotency === undefined) return undefined;
    const known = actor.recent.find((candidate)=>candidate.key === idempotency.key);
    if (known === undefined) return undefined;
    if (known.fingerprint !== idempotency.fingerprint) {
        const refused = reject('idempotency_key_reused', 'this Idempotency-Key was used for another request; take a new one', {
            field: 'Idempotency-Key'
        });
        return refused.accepted ? undefined : {
            ok: false,
            rejection: refused.rejection
        };
    }
    return {
        ok: true,
        state: actor.state,
        revision: known.revision,
        position: known.position,
        events: [],
        at: 0,
        repeated: true
    };
}
/** An outage of the store in the words of commands; other errors as they are. */ export function outage(error) {
    if (isEventStoreError(error, 'storage_full')) return new CommandOutage('storage_full', error.message, {
        cause: error
    });
    if (isEventStoreError(error, 'store_unavailable')) return new CommandOutage('store_unavailable', error.message, {
        cause: error
    });
    return error;
}
export const shuttingDown = ()=>new CommandOutage('shutting_down', 'the service is shutting down');
/** What the actor's state is now, as the answer to a command. */ export const done = (actor, what)=>({
        ok: true,
        state: actor.state,
        revision: actor.revision,
        repeated: false,
        ...what
    });

//# sourceMappingURL=answers.js.map