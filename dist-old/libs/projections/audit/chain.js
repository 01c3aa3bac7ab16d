import { hash } from 'node:crypto';
export const sha256 = (text)=>hash('sha256', text, 'hex');
/** The chain before the first event. */ export const ORIGIN = '0'.repeat(64);
/**
 * The chain after one more event: the SHA-256, in hexadecimal, of the chain before it followed by the event as JSON, an
 * array of position, stream, revision, id, type, data and metadata, with members in the order in which they are stored.
 * It follows from the log alone, so every node has the same; and whoever changes, drops, adds or moves an event changes
 * it from there on.
 */ export const link = (chain, { position, stream, revision, id, type, data, metadata })=>sha256(chain + JSON.stringify([
        position,
        stream,
        revision,
        id,
        type,
        data,
        metadata
    ]));

//# sourceMappingURL=chain.js.map