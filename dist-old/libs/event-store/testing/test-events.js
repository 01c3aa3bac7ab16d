import { randomUUID } from 'node:crypto';
import { MAX_EVENT_BYTES } from '../port/index.js';
const metadata = {
    v: 1,
    at: 1_700_000_000_000,
    tenant: 'default',
    actor: 'user:ada',
    correlation: randomUUID()
};
export const newEvent = (data = {}, type = 'RunQueued')=>({
        id: randomUUID(),
        type,
        data,
        metadata
    });
export const newEvents = (count)=>Array.from({
        length: count
    }, (_, n)=>newEvent({
            n
        }));
/** Of no other test, whatever else the server under test holds. */ export const uniqueName = (category)=>`${category}-${randomUUID()}`;
/** An event of exactly so many bytes of JSON, data and metadata together. */ export function eventOfBytes(bytes, character = 'x') {
    const empty = newEvent({
        text: ''
    });
    const room = bytes - Buffer.byteLength(JSON.stringify(empty.data)) - Buffer.byteLength(JSON.stringify(empty.metadata));
    const size = Buffer.byteLength(character);
    const text = character.repeat(Math.floor(room / size)) + 'x'.repeat(room % size);
    return {
        ...empty,
        data: {
            text
        }
    };
}
export const largestEvent = (character)=>eventOfBytes(MAX_EVENT_BYTES, character);

//# sourceMappingURL=test-events.js.map