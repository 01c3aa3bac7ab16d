/** At most so many at once; the others wait in line. */ export class Slots {
    #waiting;
    constructor(free){
        this.free = free;
        this.#waiting = [];
    }
    async take() {
        if (this.free > 0) {
            this.free -= 1;
            return;
        }
        await new Promise((resolve)=>this.#waiting.push(resolve));
    }
    /** The slot goes to whoever has waited longest. */ give() {
        const next = this.#waiting.shift();
        if (next === undefined) this.free += 1;
        else next();
    }
}

//# sourceMappingURL=slots.js.map