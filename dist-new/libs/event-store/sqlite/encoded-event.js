import { flatCopy } from './flat-copy.js';
/** Objects take more room than their JSON; a rough measure is enough to bound memory. */ const OVERHEAD_BYTES = 300;
/**
 * An event on its way into the file and out to subscribers. They get what a reader of the file would get, made from
 * the same JSON or copied where that is the same, not the caller's object; made once, and only if somebody looks.
 */ export class EncodedEvent {
    #json;
    /** Copies, where JSON would give the same. */ #data;
    #metadata;
    #recorded;
    constructor(event, stream, revision, json){
        this.stream = stream;
        this.revision = revision;
        /** Known once it is committed. */ this.position = 0;
        this.id = event.id;
        this.type = event.type;
        this.#json = json;
        this.#data = flatCopy(event.data);
        this.#metadata = flatCopy(event.metadata);
        this.bytes = json.data.length + json.metadata.length + OVERHEAD_BYTES;
    }
    /** Its part of a group on the way to the writer; once somebody has looked at it, the JSON is gone. */ appendTo(parts) {
        if (this.#json === undefined) throw new Error('an event is written before it is read');
        parts.push(this.id, this.type, this.#json.data, this.#json.metadata);
    }
    get recorded() {
        this.#recorded ??= this.#record();
        return this.#recorded;
    }
    #record() {
        const { id, type, stream, revision, position } = this;
        const json = this.#json;
        this.#json = undefined;
        return {
            id,
            type,
            data: this.#data ?? JSON.parse(json?.data ?? '{}'),
            metadata: this.#metadata ?? JSON.parse(json?.metadata ?? '{}'),
            stream,
            revision,
            position
        };
    }
}

//# sourceMappingURL=encoded-event.js.map