/**
 * Slots by their keys, in two generations: who is asked for is of the young one, and the old one is dropped when the
 * table ages. Nothing is dropped but then.
 */ export class Slots {
    #young;
    #old;
    #generation;
    /** Folds ask for a row and put it, one after the other: looking for a key costs most of what either does. */ #last;
    /** How many are young, whatever their table has. */ get size() {
        return this.#young.size;
    }
    get isEmpty() {
        return this.#young.size === 0 && this.#old === undefined;
    }
    find(key) {
        if (this.#last?.key === key) return this.#last;
        let slot = this.#young.get(key);
        if (slot === undefined) {
            slot = this.#old?.get(key);
            if (slot === undefined) return undefined;
            slot.generation = this.#generation;
            this.#young.set(key, slot);
        }
        this.#last = slot;
        return slot;
    }
    /** A slot for a key that has none. */ add(key, row) {
        const slot = {
            key,
            row,
            stored: row,
            dirty: false,
            generation: this.#generation
        };
        this.#young.set(key, slot);
        this.#last = slot;
        return slot;
    }
    remove({ key }) {
        this.#young.delete(key);
        this.#old?.delete(key);
        this.#last = undefined;
    }
    /** Drops those that were not asked for since it aged last. None of them may be dirty. */ age(dropped) {
        for (const slot of this.#old?.values() ?? [])if (slot.generation < this.#generation) dropped(slot);
        this.#old = this.#young.size > 0 ? this.#young : undefined;
        this.#young = new Map();
        this.#generation += 1;
        this.#last = undefined;
    }
    constructor(){
        this.#young = new Map();
        this.#generation = 0;
    }
}

//# sourceMappingURL=slots.js.map