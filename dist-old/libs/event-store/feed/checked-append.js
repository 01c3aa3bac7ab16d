import { eventTooLarge, MAX_EVENT_BYTES } from '../port/index.js';
/** A UTF-16 unit is at most so many bytes of UTF-8. */ const BYTES_PER_UNIT = 3;
/** What a caller may never do, whatever the state of the store: a defect, so a TypeError. */ export function checkAppend(stream, expected, events) {
    checkName('stream', stream);
    if (!Number.isSafeInteger(expected) || expected < -1) throw new TypeError(`${expected} is not a revision to expect; -1 means a new stream`);
    if (events.length === 0) throw new TypeError('an append needs at least one event');
}
/** Lone surrogates and NUL do not survive every store and every tool that looks at one. */ export function checkName(what, name) {
    if (name === '' || name.includes('\0') || !name.isWellFormed()) {
        throw new TypeError(`${what} ${JSON.stringify(name)} is not a name: well-formed Unicode without NUL`);
    }
}
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/**
 * The JSON of an event, made once: `JSON.stringify` escapes lone surrogates, so what is stored is valid UTF-8.
 * @throws {EventTooLarge}
 */ export function encodeEvent({ id, type, data, metadata }) {
    if (!UUID.test(id)) throw new TypeError(`event id ${id} is not a UUID in lower case`);
    checkName('type', type);
    const json = {
        data: JSON.stringify(data),
        metadata: JSON.stringify(metadata)
    };
    // Counting bytes costs more than it looks; most events are far below the limit whatever their characters.
    if ((json.data.length + json.metadata.length) * BYTES_PER_UNIT > MAX_EVENT_BYTES) {
        const bytes = Buffer.byteLength(json.data) + Buffer.byteLength(json.metadata);
        if (bytes > MAX_EVENT_BYTES) throw eventTooLarge(type, bytes, MAX_EVENT_BYTES);
    }
    return json;
}

//# sourceMappingURL=checked-append.js.map