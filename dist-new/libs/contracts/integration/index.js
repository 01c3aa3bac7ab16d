import { currentData } from '#lib/contracts/events';
import { iso } from '#lib/domain/kernel';
import { parseStream } from '#lib/contracts/streams';
/** Of the instant that was told last: events come by the hundred within a millisecond. */ let told = {
    at: Number.NaN,
    text: ''
};
function isoOf(at) {
    if (told.at !== at) told = {
        at,
        text: iso(at)
    };
    return told.text;
}
export const publicEvent = (event)=>({
        id: event.id,
        position: event.position,
        stream: event.stream,
        revision: event.revision,
        type: event.type,
        at: isoOf(event.metadata.at),
        actor: event.metadata.actor,
        correlation: event.metadata.correlation,
        ...event.metadata.causation === undefined ? {} : {
            causation: event.metadata.causation
        },
        data: currentData(event.type, event.metadata.v, event.data)
    });
/** What a connector remembers between runs is its own business, and may be large. */ const opened = (event)=>{
    if (!('state' in event.data)) return event;
    const { state: _, ...data } = event.data;
    return {
        ...event,
        data
    };
};
/** What is relayed to other services: the tenant, the kind of aggregate, and the event without private parts. */ export function integrationEvent(event) {
    const owner = parseStream(event.stream);
    if (owner === undefined) return undefined;
    const { tenant } = event.metadata;
    return {
        tenant,
        aggregate: owner.kind,
        event: opened(publicEvent(event))
    };
}

//# sourceMappingURL=index.js.map