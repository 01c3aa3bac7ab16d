import { eventVersion, storedData } from '#lib/contracts/events';
/**
 * Events as they are stored. The last one says when the schedule next needs attention, and which request all of them
 * answer, so that a repeat is answered with the revision of the whole.
 */ export function envelopes({ events, context, followed }, given) {
    const { tenant, correlation, causation, idempotency } = context;
    const { now, wakeAt } = given;
    const all = followed === undefined ? events : [
        ...events,
        ...followed.events
    ];
    return all.map((event, index)=>{
        const last = index === all.length - 1;
        const actor = index < events.length ? context.actor : followed?.actor ?? context.actor;
        const metadata = {
            v: eventVersion(event.type),
            at: now,
            tenant,
            actor,
            correlation,
            ...causation === undefined ? {} : {
                causation
            },
            ...last && idempotency !== undefined ? {
                command: idempotency.key,
                fingerprint: idempotency.fingerprint
            } : {},
            ...last && wakeAt !== undefined ? {
                wakeAt
            } : {}
        };
        return {
            id: given.nextId(),
            type: event.type,
            data: storedData(event.type, event.data),
            metadata
        };
    });
}

//# sourceMappingURL=envelopes.js.map