import { parseStream, streamPrefixes } from '#lib/contracts/streams';
import { eventCatalogue } from './catalogue.js';
import { currentData } from './upcasters.js';
/** A stored event that cannot be read: of a newer version, an unknown type, or malformed. Parked, never guessed at. */ export class UndecodableEvent extends Error {
    constructor(...args){
        super(...args), this.name = 'UndecodableEvent', this.code = 'undecodable_event';
    }
}
export const isUndecodableEvent = (error)=>error instanceof Error && error.name === 'UndecodableEvent';
const readings = new Map(Object.entries(eventCatalogue).map(([type, entry])=>[
        type,
        {
            ...entry,
            prefix: streamPrefixes[entry.stream],
            expected: Object.entries(entry.fields)
        }
    ]));
const entryOf = (type)=>readings.get(type);
/** The version at which new events of a type are written. */ export const eventVersion = (type)=>entryOf(type)?.version ?? 1;
const undecodable = ({ revision, stream, type }, problem)=>new UndecodableEvent(`event ${revision} of ${stream} (${type}): ${problem}`);
/** What is wrong around its data. `elsewhere`: the kind of stream that it is on instead of its own. */ function misplaced(event, entry, elsewhere) {
    if (elsewhere !== undefined) return `${event.type} does not belong on a ${elsewhere} stream`;
    const { v, at, tenant } = event.metadata;
    if (typeof v !== 'number' || typeof at !== 'number' || typeof tenant !== 'string') return 'its metadata has no version, instant or tenant';
    if (v > entry.version) return `it is of version ${v}; this release knows ${entry.version}: upgrade`;
    return undefined;
}
function malformed(data, { expected: fields }) {
    for (const [field, expected] of fields){
        const value = data[field];
        if (typeof value !== expected || value === null) return `its field ${field} is ${value === null ? 'null' : typeof value}, not ${expected}`;
    }
    return undefined;
}
/**
 * Narrows a recorded event; undefined for streams that are not ours.
 * @throws {UndecodableEvent} naming the event and what is wrong with it.
 */ export function decodeEvent(recorded) {
    const entry = entryOf(recorded.type);
    const atHome = entry !== undefined && recorded.stream.startsWith(entry.prefix);
    const elsewhere = atHome ? undefined : parseStream(recorded.stream)?.kind;
    if (!atHome && elsewhere === undefined) return undefined;
    if (entry === undefined) throw undecodable(recorded, `${recorded.type} is not an event that this version knows`);
    const misplacement = misplaced(recorded, entry, elsewhere);
    if (misplacement !== undefined) throw undecodable(recorded, misplacement);
    const data = currentData(recorded.type, recorded.metadata.v, recorded.data);
    const malformation = malformed(data, entry);
    if (malformation !== undefined) throw undecodable(recorded, malformation);
    const current = data === recorded.data ? recorded : {
        ...recorded,
        data
    };
    return current;
}

//# sourceMappingURL=codec.js.map