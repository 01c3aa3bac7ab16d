import QuickLRU from 'quick-lru';
/**
 * Counts how often a key came among the last `window` distinct ones at least, and twice as many at most. Bounded, so that
 * a file of any length costs the same memory; what lies further apart is settled by the sink, which updates by key.
 */ export class RecentKeys {
    #counts;
    constructor(window = 50_000){
        this.#counts = new QuickLRU({
            maxSize: window
        });
    }
    /** 0 at the first sight, then 1, 2, … */ seen(key) {
        const before = this.#counts.get(key) ?? 0;
        this.#counts.set(key, before + 1);
        return before;
    }
}

//# sourceMappingURL=recent-keys.js.map