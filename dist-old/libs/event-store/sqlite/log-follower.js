import { setImmediate } from 'node:timers/promises';
import { Feed, follow } from '../feed/index.js';
import { storeUnavailable } from '../port/index.js';
import { Reader } from './reader.js';
/** Events read in one go. */ const PAGE_ROWS = 1_000;
/**
 * The log as a thread reads it that does not write it: from the file, as far as the writing thread says that it goes.
 * What was committed and not announced yet is not looked at, so nobody sees more than subscribers of the store do.
 */ export class LogFollower {
    #feed;
    #reader;
    constructor(path, head){
        this.#feed = new Feed(head);
        this.#reader = new Reader(path);
    }
    /** The log goes up to here now. */ advance(head) {
        this.#feed.jump(head);
    }
    async head() {
        return this.#feed.head;
    }
    subscribe(options) {
        return follow(this.#feed, (...range)=>this.#page(...range), options);
    }
    /** Forwards, and in one go: for a few events. */ async readStream(stream, { from = 0, limit = PAGE_ROWS } = {}) {
        return this.#reader.stream(stream, from, limit, false);
    }
    async close() {
        this.#feed.close(storeUnavailable('it is closed'));
        this.#reader.close();
    }
    /** The pause lets messages in, the next head among them. */ async #page(after, upTo, limit, keep) {
        await setImmediate();
        // No more rows than are asked for: what does not fit is read again for the page after.
        return this.#reader.page({
            after,
            upTo,
            rows: Math.min(PAGE_ROWS, limit),
            limit
        }, keep);
    }
}

//# sourceMappingURL=log-follower.js.map