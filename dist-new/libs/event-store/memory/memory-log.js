import { wrongExpectedRevision } from '../port/index.js';
function freezeDeep(value) {
    if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
    for (const part of Object.values(value))freezeDeep(part);
    return Object.freeze(value);
}
export const frozenJson = (json)=>freezeDeep(JSON.parse(json));
/**
 * The disk of the memory adapter: it outlives the stores opened on it, so a simulation can crash one and open the next.
 * Positions are 1, 2, 3, …: the event at position p is `events[p - 1]`.
 */ export class MemoryLog {
    #streams;
    get head() {
        return this.events.length;
    }
    stream(name) {
        return this.#streams.get(name) ?? [];
    }
    /** `added` is empty when the same append was stored before. */ append(stream, expected, events) {
        const past = this.#streams.get(stream) ?? [];
        const actual = past.length - 1;
        if (actual !== expected) {
            const again = past.slice(expected + 1, expected + 1 + events.length);
            const last = again.at(-1);
            const same = again.length === events.length && again.every(({ id }, index)=>id === events[index]?.event.id);
            if (last === undefined || !same) throw wrongExpectedRevision(stream, expected, actual);
            return {
                appended: {
                    revision: last.revision,
                    position: last.position
                },
                added: []
            };
        }
        const added = events.map((encoded, index)=>this.#record(stream, expected + 1 + index, this.head + 1 + index, encoded));
        this.#streams.set(stream, past);
        for (const event of added){
            this.events.push(event);
            past.push(event.recorded);
        }
        return {
            appended: {
                revision: past.length - 1,
                position: this.head
            },
            added
        };
    }
    readSnapshot(stream) {
        const json = this.snapshots.get(stream);
        return json === undefined ? undefined : frozenJson(json);
    }
    #record(stream, revision, position, { event, json }) {
        const recorded = Object.freeze({
            id: event.id,
            type: event.type,
            data: frozenJson(json.data),
            metadata: frozenJson(json.metadata),
            stream,
            revision,
            position
        });
        return {
            position,
            stream,
            bytes: json.data.length + json.metadata.length,
            recorded
        };
    }
    constructor(){
        this.events = [];
        this.#streams = new Map();
        this.snapshots = new Map();
    }
}

//# sourceMappingURL=memory-log.js.map