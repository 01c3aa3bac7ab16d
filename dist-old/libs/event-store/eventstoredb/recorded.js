import { jsonEvent } from '@eventstore/db-client';
import { encodeEvent } from '../feed/index.js';
const encoder = new TextEncoder();
/** As the client takes it: encoded now, so that what the caller changes later changes nothing. */ export function proposed(event) {
    const { data, metadata } = encodeEvent(event);
    return jsonEvent({
        id: event.id,
        type: event.type,
        data: JSON.parse(data),
        metadata: encoder.encode(metadata)
    });
}
/** Bytes of one part of what `proposed` made. */ export const sizeOf = (part)=>part instanceof Uint8Array ? part.length : Buffer.byteLength(JSON.stringify(part ?? {}));
/** Log positions beyond this are the server's way to say that it has none. */ export const known = (position)=>position !== undefined && position <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(position) : undefined;
/**
 * An event as the port has it; undefined for system events and links, which are not ours whatever stream they are on.
 * Links are never resolved: the event that one points to comes by itself.
 */ export function recorded({ event, commitPosition }) {
    if (event === undefined || event.type.startsWith('$') || event.streamId.startsWith('$')) return undefined;
    return {
        id: event.id,
        type: event.type,
        // What another application wrote as bytes is no object: readers refuse it by its fields.
        data: event.isJson ? event.data : {},
        metadata: event.metadata ?? {},
        stream: event.streamId,
        revision: Number(event.revision),
        position: known(event.position?.commit) ?? known(commitPosition) ?? 0
    };
}
/** The position of anything in `$all`, ours or not. */ export const positionOf = ({ event, commitPosition })=>known(commitPosition) ?? known(event?.position?.commit) ?? 0;

//# sourceMappingURL=recorded.js.map