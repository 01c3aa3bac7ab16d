/** Longer than it takes a message that was given back to come again. One that never does must not hold up the others for good. */ const FORGOTTEN_AFTER = 60_000;
/**
 * Messages about one thing are decided in the order in which they were sent, those about different things at once. One that is given
 * back, for an outage, is waited for: what was sent after it is given back too, until it was decided.
 */ export class InOrder {
    #last;
    /** Of each thing, the places of messages that were given back, and until when they are waited for. */ #back;
    constructor(monotonic){
        this.monotonic = monotonic;
        this.#last = new Map();
        this.#back = new Map();
    }
    /** `decide` answers whether it is decided; false: it was given back. `giveBack`: this one is to be, its turn has not come. */ async take(about, place, { decide, giveBack }) {
        if (about === undefined) return void await decide();
        const before = (this.#last.get(about) ?? Promise.resolve()).catch(()=>{});
        const turn = before.then(async ()=>{
            const back = this.#waited(about);
            const early = [
                ...back.keys()
            ].some((earlier)=>earlier < place);
            if (early) giveBack();
            const decided = !early && await decide();
            if (decided) back.delete(place);
            else back.set(place, this.monotonic() + FORGOTTEN_AFTER);
            if (back.size === 0) this.#back.delete(about);
        });
        this.#last.set(about, turn);
        try {
            await turn;
        } finally{
            if (this.#last.get(about) === turn) this.#last.delete(about);
        }
    }
    #waited(about) {
        const back = this.#back.get(about) ?? new Map();
        this.#back.set(about, back);
        for (const [place, until] of back)if (until < this.monotonic()) back.delete(place);
        return back;
    }
}

//# sourceMappingURL=in-order.js.map