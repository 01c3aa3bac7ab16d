/**
 * The one source of truth. An append is all or nothing and, once its promise resolves, survives kill -9 and power
 * loss. Positions and revisions are safe integers; positions grow over the whole store, with gaps allowed; the first
 * revision of a stream is 0.
 */ /** The largest event accepted, data and metadata together, in bytes of JSON (UTF-8). */ export const MAX_EVENT_BYTES = 64 * 1024;

//# sourceMappingURL=event-store.js.map