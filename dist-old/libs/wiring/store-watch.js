/**
 * Whether the log answers. A node that hears its peers and not its log holds leases that it can do nothing with: it is
 * asked whether it can, and gives them up until it does again.
 */ export class StoreWatch {
    /** When a question was sent that has been answered. */ #answered;
    #cancel;
    #asking;
    #stopped;
    constructor(options){
        this.options = options;
        this.#asking = false;
        this.#stopped = false;
        this.#answered = options.environment.clock.monotonic();
    }
    /** Who has not begun to ask takes it that it does. */ get answers() {
        return !this.#asking || this.options.environment.clock.monotonic() - this.#answered < this.options.patienceMs;
    }
    start() {
        this.#asking = true;
        this.#answered = this.options.environment.clock.monotonic();
        this.#ask();
    }
    stop() {
        this.#stopped = true;
        this.#cancel?.();
    }
    /** The next question does not wait for the last one's answer: that may never come. */ #ask() {
        if (this.#stopped) return;
        const { store, environment, patienceMs } = this.options;
        const sent = environment.clock.monotonic();
        store.head().then(()=>this.#answered = Math.max(this.#answered, sent), ()=>undefined);
        this.#cancel = environment.timers.after(patienceMs / 4, ()=>this.#ask());
    }
}

//# sourceMappingURL=store-watch.js.map