import { randomUUID } from 'node:crypto';
import { MAX_EVENT_BYTES, type EventMetadata, type NewEvent } from '../port/index.js';

const metadata: EventMetadata = {
  v: 1,
  at: 1_700_000_000_000,
  tenant: 'default',
  actor: 'user:ada',
  correlation: randomUUID(),
};

export const newEvent = (data: object = {}, type = 'RunQueued'): NewEvent => ({
  id: randomUUID(),
  type,
  data,
  metadata,
});

export const newEvents = (count: number): readonly NewEvent[] =>
  Array.from({ length: count }, (_, n) => newEvent({ n }));

/** Of no other test, whatever else the server under test holds. */
export const uniqueName = (category: string): string => `${category}-${randomUUID()}`;

/** An event of exactly so many bytes of JSON, data and metadata together. */
export function eventOfBytes(bytes: number, character = 'x'): NewEvent {
  const empty = newEvent({ text: '' });
  const room =
    bytes - Buffer.byteLength(JSON.stringify(empty.data)) - Buffer.byteLength(JSON.stringify(empty.metadata));
  const size = Buffer.byteLength(character);
  const text = character.repeat(Math.floor(room / size)) + 'x'.repeat(room % size);
  return { ...empty, data: { text } };
}

export const largestEvent = (character?: string): NewEvent => eventOfBytes(MAX_EVENT_BYTES, character);
