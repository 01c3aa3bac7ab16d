/** How long an executor is shown after its last heartbeat. */ const HEARD_OF_MS = 5 * 60_000;
/** The last heartbeat of each executor. They come under new names with each start: who is not heard of any more is forgotten. */ export class Heartbeats {
    #last;
    #since;
    constructor(clock){
        this.clock = clock;
        this.#last = new Map();
        this.#since = clock.monotonic();
    }
    heard(beat) {
        const now = this.clock.monotonic();
        this.#last.set(beat.executor, {
            beat,
            at: now
        });
        for (const [executor, { at }] of this.#last)if (now - at >= HEARD_OF_MS) this.#last.delete(executor);
    }
    /**
   * Whether somebody who does a provider's work was heard of in so many ms. Until this process has listened for as long it takes
   * it that there is one.
   */ serve(provider, within) {
        const from = this.clock.monotonic() - within;
        if (this.#since > from) return true;
        return this.within(within).some(({ providers })=>providers?.includes(provider) !== false);
    }
    /** Of those who were heard of in so many ms. */ within(ms) {
        const from = this.clock.monotonic() - ms;
        return [
            ...this.#last.values()
        ].filter(({ at })=>at >= from).map(({ beat })=>beat);
    }
    values() {
        return [
            ...this.#last.values()
        ].map(({ beat })=>beat);
    }
}

//# sourceMappingURL=heartbeats.js.map