/**
 * A rate budget that is exact: at most `starts` in any window of `perMs`, not just on average. Remembers the last
 * `starts` instants and asks when the oldest of them falls out of the window.
 */ export class StartWindow {
    #instants;
    #oldest;
    constructor(starts, perMs){
        this.starts = starts;
        this.perMs = perMs;
        this.#instants = [];
        this.#oldest = 0;
    }
    /**
   * When the next start is allowed: now or earlier means at once. A start that is remembered for later than now was
   * noted before the clock was set back, and counts as one of now: so a step costs a window at most.
   */ freeAt(now) {
        if (this.#instants.length < this.starts) return Number.NEGATIVE_INFINITY;
        const oldest = this.#instants[this.#oldest] ?? 0;
        if (oldest <= now) return oldest + this.perMs;
        this.#instants.fill(now);
        return now + this.perMs;
    }
    /** What it remembers, the oldest first. */ get recent() {
        return [
            ...this.#instants.slice(this.#oldest),
            ...this.#instants.slice(0, this.#oldest)
        ];
    }
    record(at) {
        if (this.#instants.length < this.starts) {
            this.#instants.push(at);
            return;
        }
        this.#instants[this.#oldest] = at;
        this.#oldest = (this.#oldest + 1) % this.starts;
    }
}

//# sourceMappingURL=start-window.js.map