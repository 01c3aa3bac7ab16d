/**
 * Remembers what was asked for lately, in bounded memory: two generations of at most `capacity` entries. When the young
 * one is full it becomes the old one, and what the old one held is forgotten unless it was asked for since. Only ever
 * holds what can be computed again, so that forgetting is invisible.
 */ export class Recent {
    #young;
    #old;
    #count;
    constructor(capacity, empty){
        this.capacity = capacity;
        this.empty = empty;
        this.#count = 0;
        this.#young = empty();
        this.#old = empty();
    }
    /** What is known of `key`, or else made now. What throws while being made is not remembered. */ of(key, make) {
        const young = this.#young.get(key);
        if (young !== undefined) return young;
        const value = this.#old.get(key) ?? make(key);
        if (this.#count >= this.capacity) {
            this.#old = this.#young;
            this.#young = this.empty();
            this.#count = 0;
        }
        this.#young.set(key, value);
        this.#count += 1;
        return value;
    }
}

//# sourceMappingURL=recent.js.map