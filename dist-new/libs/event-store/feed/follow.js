import { isEventStoreError } from '../port/index.js';
import { keeping } from './stream-filter.js';
const DEFAULT_BATCH = 500;
/** Milliseconds before a failed read of the store is tried again: doubled each time, up to the cap. */ const RETRY = 50;
const RETRY_CAP = 5_000;
/** Sleeps until woken; a wake that comes while awake is not kept, the caller looks again before it sleeps. */ let Sleeper = class Sleeper {
    #wake;
    async sleep(milliseconds) {
        const timer = milliseconds === undefined ? undefined : setTimeout(this.wake, milliseconds);
        await new Promise((resolve)=>{
            this.#wake = resolve;
        });
        clearTimeout(timer);
    }
    constructor(){
        this.wake = ()=>{
            this.#wake?.();
            this.#wake = undefined;
        };
    }
};
/**
 * A subscriber's way through the log:
 *
 *     behind ──(pages of the store)──► near ──(recent events, in memory)──► caught up ──► asleep
 *       ▲                               ▲                                                   │
 *       └────(too slow: the ring has moved on)──┴──────────────(a commit wakes it)──────────┘
 *
 * There is one cursor, `position`, and every step takes what comes after it: so nothing is given twice or left out
 * where store and memory meet. Pages never go past the feed's head, which only durable events move.
 */ export async function* follow(feed, readPage, options) {
    const { after, filter, signal, batchSize = DEFAULT_BATCH } = options;
    const keep = keeping(filter);
    const sleeper = new Sleeper();
    const forget = feed.onChange(sleeper.wake);
    signal.addEventListener('abort', sleeper.wake);
    let position = after;
    let told = false;
    let failures = 0;
    try {
        while(!signal.aborted){
            if (feed.closed !== undefined) throw feed.closed;
            if (position >= feed.head) {
                // Said once even when there is nothing to give: a reader that starts at the end learns that it is there.
                if (told) await sleeper.sleep();
                else yield {
                    events: [],
                    position,
                    caughtUp: told = true
                };
                continue;
            }
            const page = await pageAfter(feed, readPage, {
                position,
                batchSize,
                keep
            });
            if (signal.aborted) return;
            if (page === undefined) {
                await sleeper.sleep(Math.min(RETRY_CAP, RETRY * 2 ** failures++));
                continue;
            }
            failures = 0;
            position = page.position;
            told = position >= feed.head;
            yield {
                events: page.events,
                position,
                caughtUp: told
            };
        }
    } finally{
        forget();
        signal.removeEventListener('abort', sleeper.wake);
    }
}
/** Undefined: the store could not be read this time. A corrupt event is thrown, and ends the subscription. */ async function pageAfter(feed, readPage, { position, batchSize, keep }) {
    const recent = feed.recent(position, batchSize, keep);
    if (recent !== undefined) return recent;
    try {
        return await readPage(position, feed.head, batchSize, keep);
    } catch (error) {
        if (feed.closed === undefined && isEventStoreError(error, 'store_unavailable')) return undefined;
        throw error;
    }
}

//# sourceMappingURL=follow.js.map