export const defaultRecentLimits = {
    events: 4_000,
    bytes: 16 * 1024 * 1024
};
/**
 * The newest events, all those after `floor` without a gap: what a subscriber that keeps up needs, and nothing older.
 * Whoever is behind `floor` is served from the store.
 */ export class RecentEvents {
    #events;
    #first;
    #bytes;
    #floor;
    constructor(floor, limits = defaultRecentLimits){
        this.limits = limits;
        this.#events = [];
        this.#first = 0;
        this.#bytes = 0;
        this.#floor = floor;
    }
    get floor() {
        return this.#floor;
    }
    push(event) {
        this.#events.push(event);
        this.#bytes += event.bytes;
        while(this.#events.length - this.#first > this.limits.events || this.#bytes > this.limits.bytes)this.#dropOldest();
        // Moving the rest down once per `limits.events` drops keeps a push O(1).
        if (this.#first > this.limits.events) {
            this.#events = this.#events.slice(this.#first);
            this.#first = 0;
        }
    }
    /** Forgets everything: events up to `floor` are in the store only. */ clear(floor) {
        this.#events = [];
        this.#first = 0;
        this.#bytes = 0;
        this.#floor = floor;
    }
    /** Events after a position that is at or above the floor, at most `limit` of those kept. */ after(position, limit, keep) {
        const events = [];
        let considered = position;
        for(let index = this.#indexAfter(position); index < this.#events.length; index += 1){
            const event = this.#events[index];
            if (event === undefined) break;
            if (keep(event.stream)) {
                if (events.length === limit) break;
                events.push(event.recorded);
            }
            considered = event.position;
        }
        return {
            events,
            position: considered
        };
    }
    #dropOldest() {
        const oldest = this.#events[this.#first];
        if (oldest === undefined) return;
        this.#events[this.#first] = undefined;
        this.#first += 1;
        this.#bytes -= oldest.bytes;
        this.#floor = oldest.position;
    }
    /** Binary search: positions ascend, with gaps allowed. */ #indexAfter(position) {
        let low = this.#first;
        let high = this.#events.length;
        while(low < high){
            const middle = low + high >>> 1;
            if ((this.#events[middle]?.position ?? Infinity) <= position) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}

//# sourceMappingURL=recent-events.js.map