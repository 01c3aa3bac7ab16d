import { jsonEvent, type JSONType, type ResolvedEvent } from '@eventstore/db-client';
import { encodeEvent } from '../feed/index.js';
import type { NewEvent, RecordedEvent } from '../port/index.js';

const encoder = new TextEncoder();

/** As the client takes it: encoded now, so that what the caller changes later changes nothing. */
export function proposed(event: NewEvent) {
  const { data, metadata } = encodeEvent(event);
  return jsonEvent({
    id: event.id,
    type: event.type,
    data: JSON.parse(data) as JSONType,
    metadata: encoder.encode(metadata) as never,
  });
}

/** Bytes of one part of what `proposed` made. */
export const sizeOf = (part: unknown): number =>
  part instanceof Uint8Array ? part.length : Buffer.byteLength(JSON.stringify(part ?? {}));

/** Log positions beyond this are the server's way to say that it has none. */
export const known = (position: bigint | undefined): number | undefined =>
  position !== undefined && position <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(position) : undefined;

/**
 * An event as the port has it; undefined for system events and links, which are not ours whatever stream they are on.
 * Links are never resolved: the event that one points to comes by itself.
 */
export function recorded({ event, commitPosition }: ResolvedEvent): RecordedEvent | undefined {
  if (event === undefined || event.type.startsWith('$') || event.streamId.startsWith('$')) return undefined;
  return {
    id: event.id,
    type: event.type,
    // What another application wrote as bytes is no object: readers refuse it by its fields.
    data: event.isJson ? (event.data as object) : {},
    metadata: (event.metadata ?? {}) as RecordedEvent['metadata'],
    stream: event.streamId,
    revision: Number(event.revision),
    position: known(event.position?.commit) ?? known(commitPosition) ?? 0,
  };
}

/** The position of anything in `$all`, ours or not. */
export const positionOf = ({ event, commitPosition }: ResolvedEvent): number =>
  known(commitPosition) ?? known(event?.position?.commit) ?? 0;
