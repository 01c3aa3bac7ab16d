/**
 * How much room the executors have that take work with its grant. What was given here is counted here, and what they
 * took from the queue as they last said: together it may be too much for a moment, and waits at the executor.
 */ export class Places {
    #places;
    #given;
    constructor(clock, /** How long an executor that is not heard is believed to be there. */ silence){
        this.clock = clock;
        this.silence = silence;
        this.#places = new Map();
        this.#given = new Map();
    }
    /** Undefined for an executor of an earlier release, which takes nothing but from the queue. */ heard(beat) {
        const { executor, claim, providers, running, asking = [] } = beat;
        const { capacity } = beat.resources;
        if (claim === undefined) return undefined;
        let place = this.#places.get(executor);
        if (place?.claim !== claim) {
            place = {
                executor,
                claim,
                providers,
                capacity,
                pulled: 0,
                given: 0,
                open: false,
                until: 0
            };
            this.#places.set(executor, place);
        }
        const until = this.clock.monotonic() + this.silence;
        const pulled = [
            ...running,
            ...asking
        ].filter(({ run })=>this.#given.get(run) !== place).length;
        return Object.assign(place, {
            providers,
            capacity,
            pulled,
            until
        });
    }
    /** Whether it answers: who does not gets nothing. */ answers({ executor, claim }, open) {
        const place = this.#places.get(executor);
        if (place?.claim === claim) place.open = open;
    }
    /** Whoever has most room for the provider's work. */ roomiest(provider) {
        const now = this.clock.monotonic();
        let best;
        for (const [executor, place] of this.#places){
            if (place.until <= now) {
                if (place.until + 10 * this.silence < now) this.#places.delete(executor);
                continue;
            }
            if (!place.open || place.providers?.includes(provider) === false || roomOf(place) <= 0) continue;
            if (best === undefined || roomOf(place) > roomOf(best)) best = place;
        }
        return best;
    }
    /** A place of theirs, held until it is left, or until the run that it is given to is settled. */ hold(provider) {
        const place = this.roomiest(provider);
        if (place !== undefined) place.given += 1;
        return place;
    }
    leave(place) {
        place.given -= 1;
    }
    give(run, place) {
        this.settled(run);
        this.#given.set(run, place);
    }
    settled(run) {
        const place = this.#given.get(run);
        if (place === undefined) return;
        this.#given.delete(run);
        this.leave(place);
    }
}
const roomOf = ({ capacity, pulled, given })=>capacity - pulled - given;

//# sourceMappingURL=places.js.map