import { giveWay } from '#lib/application/relay';
/** News of a calm log waits so long: what a due run has to store comes first, on few cores. */ const SOON = 20;
/**
 * Holds back the news of the log from whoever folds it: for a moment while little comes, and for two seconds at most
 * while much does. What came and went meanwhile is folded in one go, and runs have the processor for themselves while
 * they start. Who waits for a position gets it at once.
 *
 *     calm ──(news)──► soon ──(little came: passed on)──► calm
 *                        └──(much came)──► looking ──(little came, or two seconds are over: passed on)──► calm
 */ export class Unhurried {
    #known;
    #passed;
    #looked;
    #since;
    #timer;
    constructor(pass){
        this.pass = pass;
        this.#known = 0;
        this.#passed = 0;
        this.#looked = 0;
        this.#since = 0;
    }
    news(head) {
        this.#known = head;
        if (this.#timer !== undefined) return;
        this.#looked = this.#passed;
        this.#since = performance.now();
        this.#timer = setTimeout(()=>this.#look(), SOON);
    }
    /** Somebody waits: everything known is passed on now. */ hurry() {
        if (this.#passed === this.#known) return;
        this.#passed = this.#known;
        this.pass(this.#known);
    }
    stop() {
        clearTimeout(this.#timer);
        this.#timer = undefined;
        this.hurry();
    }
    #look() {
        this.#timer = undefined;
        const { positions, longestMs, lookMs } = giveWay;
        const busy = this.#known - this.#looked >= positions && performance.now() - this.#since < longestMs;
        if (!busy) return this.hurry();
        this.#looked = this.#known;
        this.#timer = setTimeout(()=>this.#look(), lookMs);
    }
}

//# sourceMappingURL=unhurried.js.map