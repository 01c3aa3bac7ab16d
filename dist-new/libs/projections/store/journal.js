/** What holds a value that may be put back. */ /** What the event at work has changed so far, over all tables, so that it can be taken back whole. */ export class Journal {
    // Side by side rather than objects: there are a few entries for every event of a rebuild, and hardly ever an undo.
    #slots;
    #befores;
    #length;
    note(slot) {
        this.#slots[this.#length] = slot;
        this.#befores[this.#length] = slot.row;
        this.#length += 1;
    }
    /** The event is done: its changes stay. */ accept() {
        this.#length = 0;
    }
    /** The event failed: its changes are taken back, the last one first. */ undo() {
        for(let at = this.#length - 1; at >= 0; at -= 1){
            const slot = this.#slots[at];
            if (slot !== undefined) slot.row = this.#befores[at];
        }
        this.#length = 0;
    }
    constructor(){
        this.#slots = [];
        this.#befores = [];
        this.#length = 0;
    }
}

//# sourceMappingURL=journal.js.map