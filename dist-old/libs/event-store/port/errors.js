/** Errors by `code` and guard, not by `instanceof`: they survive worker threads and duplicated packages. */ export class EventStoreError extends Error {
    constructor(code, message, details = {}){
        super(message), this.code = code, this.details = details, this.name = 'EventStoreError';
    }
}
export const isEventStoreError = (error, code)=>error instanceof Error && error.name === 'EventStoreError' && (code === undefined || error.code === code);
export const wrongExpectedRevision = (stream, expected, actual)=>new EventStoreError('wrong_expected_revision', `stream ${stream} is at revision ${actual}, not ${expected}`, {
        stream,
        expected,
        actual
    });
export const storageFull = ()=>new EventStoreError('storage_full', 'the disk under the event log is full; nothing was stored');
/** Nothing can be said about the outcome, or the store cannot be reached: append the same ids again to settle it. */ export const storeUnavailable = (why)=>new EventStoreError('store_unavailable', `the event store is unavailable: ${why}`);
export const eventTooLarge = (type, bytes, limit)=>new EventStoreError('event_too_large', `event ${type} has ${bytes} bytes; ${limit} is the most`, {
        type,
        bytes,
        limit
    });
/** A stored event no longer matches its checksum: reading stops here, loudly, rather than skip it. */ export const corruptEvent = (stream, revision, position)=>new EventStoreError('corrupt_event', `event ${revision} of ${stream} (position ${position}) does not match its checksum`, {
        stream,
        revision,
        position
    });
export const storeInUse = (path)=>new EventStoreError('store_in_use', `${path} is in use by another process; one process at a time may open an event log`, {
        path
    });
export const storeUnsafe = (why)=>new EventStoreError('store_unsafe', why);

//# sourceMappingURL=errors.js.map