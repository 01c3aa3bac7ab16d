import { Log } from './log.js';
/** A written log as an event store that is only read. `fail` makes the next batch of a subscription throw. */ export class LogStore {
    #failures;
    #wake;
    constructor(log = new Log()){
        this.log = log;
        this.#failures = [];
        this.#wake = [];
        this.subscriptions = 0;
    }
    /** What a read model takes: it never appends. */ get asEventStore() {
        return this;
    }
    fail(error) {
        this.#failures.push(error);
        this.appended();
    }
    /** The log has grown. */ appended() {
        for (const wake of this.#wake.splice(0))wake();
    }
    async head() {
        return this.log.head;
    }
    async readAll(after, limit) {
        return this.log.events.slice(after, after + limit);
    }
    async readStream(stream, { from = 0, limit = Infinity } = {}) {
        return this.log.events.filter((event)=>event.stream === stream && event.revision >= from).slice(0, limit);
    }
    async *subscribe({ after, batchSize = 500, signal }) {
        this.subscriptions += 1;
        signal.addEventListener('abort', ()=>this.appended(), {
            once: true
        });
        let position = after;
        while(!signal.aborted){
            if (this.#failures.length > 0) throw this.#failures.shift();
            const events = this.log.events.slice(position, position + batchSize);
            position += events.length;
            if (events.length > 0) yield {
                events,
                position,
                caughtUp: position === this.log.head
            };
            else await new Promise((resolve)=>this.#wake.push(resolve));
        }
    }
}

//# sourceMappingURL=log-store.js.map