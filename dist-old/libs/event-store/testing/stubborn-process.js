// A process of its own that appends a fixed number of times, however often it is told that nothing is known of the
// outcome: each append is made again, with the same ids, until it is acknowledged. Tells its parent then, and what failed.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { isEventStoreError } from '../port/index.js';
import { openSqliteEventStore } from '../sqlite/index.js';
import { newEvent } from './test-events.js';
import { tell } from './tell.js';
const APPENDS = 12;
const EVENTS_PER_APPEND = 3;
const PAUSE = 30;
const TRIES = 10;
const [, , path = ''] = process.argv;
async function acknowledged(store, stream, expected, events) {
    for(let tries = 1;; tries += 1){
        try {
            return await store.append(stream, expected, events);
        } catch (error) {
            if (!isEventStoreError(error) || tries === TRIES) throw error;
            tell(`refused ${error.code}`);
            await pause(PAUSE);
        }
    }
}
/** A log that cannot be opened now may be opened later. */ async function opened() {
    for(let tries = 1;; tries += 1){
        try {
            return await openSqliteEventStore({
                path
            });
        } catch (error) {
            if (!isEventStoreError(error) || tries === TRIES) throw error;
            tell(`refused ${error.code}`);
            await pause(PAUSE);
        }
    }
}
try {
    // In two lives, so that the write-ahead log is moved into the file in between and at the end.
    for(let life = 0; life < 2; life += 1){
        const store = await opened();
        const stream = `stubborn-${randomUUID()}`;
        for(let n = 0; n < APPENDS / 2; n += 1){
            const expected = n * EVENTS_PER_APPEND - 1;
            const events = Array.from({
                length: EVENTS_PER_APPEND
            }, ()=>newEvent({
                    text: 'x'.repeat(3_000)
                }));
            await acknowledged(store, stream, expected, events);
            for (const [index, { id }] of events.entries())tell(`${stream} ${expected + 1 + index} ${id}`);
        }
        await store.close();
    }
    tell('done');
} catch (error) {
    tell(`failed ${isEventStoreError(error) ? error.code : String(error)}`);
}

//# sourceMappingURL=stubborn-process.js.map