import { pause } from '#lib/ports';
/**
 * While the log grows by `positions` or more from one look to the next, whoever only tells of it waits, `longestMs` at
 * most: runs that are due come first (decision 11).
 */ export const giveWay = {
    lookMs: 100,
    positions: 100,
    longestMs: 2_000
};
/** For whoever tells of the log, batch by batch. */ export class GivingWay {
    /** Up to here nothing is held back a second time. */ #owed;
    constructor(store, environment){
        this.store = store;
        this.environment = environment;
        this.#owed = 0;
    }
    /** Before a full batch that leads to `position`: waits while the log grows fast. */ async before(position, signal) {
        if (position <= this.#owed) return;
        const { store, environment } = this;
        const { lookMs, positions, longestMs } = giveWay;
        const until = environment.clock.monotonic() + longestMs;
        this.#owed = await store.head();
        for(let grown = positions; grown >= positions && !signal.aborted && environment.clock.monotonic() < until;){
            await pause((over)=>environment.timers.after(lookMs, over), signal);
            const head = await store.head();
            grown = head - this.#owed;
            this.#owed = head;
        }
    }
}

//# sourceMappingURL=give-way.js.map