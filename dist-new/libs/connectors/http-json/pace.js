import { abortable } from '../kit/index.js';
/**
 * At most so many requests within so long, for one read. The scheduler spaces whole runs; how fast one run may turn
 * pages only its settings know.
 */ export class Pace {
    #sent;
    constructor(requests, perMs, environment, signal){
        this.requests = requests;
        this.perMs = perMs;
        this.environment = environment;
        this.signal = signal;
        this.#sent = [];
    }
    /** Waits until one more request may go out. @throws {ConnectorError} CANCELLED */ async turn() {
        const { clock } = this.environment;
        const oldest = this.#sent.at(-this.requests);
        const wait = oldest === undefined ? 0 : oldest + this.perMs - clock.monotonic();
        if (wait > 0) await this.#pause(wait);
        this.#sent.push(clock.monotonic());
        if (this.#sent.length > this.requests) this.#sent.shift();
    }
    async #pause(wait) {
        const { promise, resolve } = Promise.withResolvers();
        const cancel = this.environment.timers.after(wait, resolve);
        try {
            await abortable(promise, this.signal);
        } finally{
            cancel();
        }
    }
}

//# sourceMappingURL=pace.js.map