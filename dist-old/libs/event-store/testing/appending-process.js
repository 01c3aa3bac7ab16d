// A process of its own that appends until it is killed, and tells its parent of each append once it was acknowledged.
// A log that it may not open it reports by the error's code.
import { randomUUID } from 'node:crypto';
import { isEventStoreError } from '../port/index.js';
import { openSqliteEventStore } from '../sqlite/index.js';
import { tell } from './tell.js';
import { newEvent } from './test-events.js';
const STREAMS = 40;
const EVENTS_PER_APPEND = 3;
try {
    const store = await openSqliteEventStore({
        path: String(process.argv[2])
    });
    await Promise.all(Array.from({
        length: STREAMS
    }, async ()=>{
        const stream = `kill-${randomUUID()}`;
        for(let revision = -1;; revision += EVENTS_PER_APPEND){
            const events = Array.from({
                length: EVENTS_PER_APPEND
            }, ()=>newEvent({
                    text: 'x'.repeat(200)
                }));
            await store.append(stream, revision, events);
            for (const [index, { id }] of events.entries())tell(`${stream} ${revision + 1 + index} ${id}`);
        }
    }));
} catch (error) {
    tell(isEventStoreError(error) ? error.code : String(error));
}

//# sourceMappingURL=appending-process.js.map