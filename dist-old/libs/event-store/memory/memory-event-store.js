import { checkAppend, checkName, encodeEvent, Feed, follow, keeping } from '../feed/index.js';
import { storeUnavailable } from '../port/index.js';
import { MemoryLog } from './memory-log.js';
/** For tests and simulation. Nothing is shared with callers: what goes in is copied as JSON, what comes out is frozen. */ export class MemoryEventStore {
    #feed;
    #faults;
    constructor(options = {}){
        this.log = options.log ?? new MemoryLog();
        this.#faults = options.faults ?? {};
        this.#feed = new Feed(this.log.head, options.recent);
    }
    async append(stream, expected, events) {
        checkAppend(stream, expected, events);
        const encoded = events.map((event)=>({
                event,
                json: encodeEvent(event)
            }));
        this.#assertOpen();
        const refused = this.#faults.beforeAppend?.(stream, events);
        if (refused !== undefined) throw refused;
        const { appended, added } = this.log.append(stream, expected, encoded);
        if (added.length > 0) this.#feed.publish(added);
        const lost = this.#faults.afterAppend?.(stream, events);
        if (lost !== undefined) throw lost;
        return appended;
    }
    async readStream(stream, options = {}) {
        this.#assertOpen();
        const events = this.log.stream(stream);
        const { limit = Infinity, backwards = false } = options;
        if (!backwards) return events.slice(options.from ?? 0, (options.from ?? 0) + limit);
        const upTo = Math.min(options.from ?? Infinity, events.length - 1) + 1;
        return events.slice(Math.max(0, upTo - limit), upTo).reverse();
    }
    async readAll(after, limit, filter) {
        this.#assertOpen();
        return this.#page(after, this.log.head, limit, keeping(filter)).events;
    }
    async head() {
        this.#assertOpen();
        return this.log.head;
    }
    subscribe(options) {
        return follow(this.#feed, (...page)=>this.#page(...page), options);
    }
    async readSnapshot(stream) {
        this.#assertOpen();
        return this.log.readSnapshot(stream);
    }
    async writeSnapshot(stream, snapshot) {
        checkName('stream', stream);
        this.#assertOpen();
        this.log.snapshots.set(stream, JSON.stringify(snapshot));
    }
    async close() {
        this.#feed.close(storeUnavailable('it is closed'));
    }
    #assertOpen() {
        if (this.#feed.closed !== undefined) throw this.#feed.closed;
    }
    #page(after, upTo, limit, keep) {
        const events = [];
        let position = after;
        for(; position < upTo && events.length < limit; position += 1){
            const event = this.log.events[position];
            if (event !== undefined && keep(event.stream)) events.push(event.recorded);
        }
        return {
            events,
            position
        };
    }
}

//# sourceMappingURL=memory-event-store.js.map