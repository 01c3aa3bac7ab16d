import { RecentEvents } from './recent-events.js';
/**
 * What an adapter tells its subscribers: how far the log goes, what was committed last, and that it has closed.
 * Only what is durable is published. Everything here is synchronous, so that a subscriber that finds nothing new and
 * goes to sleep cannot miss a commit in between.
 */ export class Feed {
    #recent;
    #sleepers;
    #head;
    #closed;
    constructor(head, limits){
        this.#sleepers = new Set();
        this.#head = head;
        this.#recent = new RecentEvents(head, limits);
    }
    get head() {
        return this.#head;
    }
    /** Why there is nothing more to come; undefined while open. */ get closed() {
        return this.#closed;
    }
    /** Committed events, in position order. */ publish(events) {
        for (const event of events){
            this.#recent.push(event);
            this.#head = event.position;
        }
        this.#wakeAll();
    }
    /** The log turned out to go further than was published: events in between are served from the store. */ jump(head) {
        if (head <= this.#head) return;
        this.#head = head;
        this.#recent.clear(head);
        this.#wakeAll();
    }
    close(why) {
        this.#closed ??= why;
        this.#wakeAll();
    }
    /** Events after a position, or undefined when it is too old to be answered from memory. */ recent(after, limit, keep) {
        return after < this.#recent.floor ? undefined : this.#recent.after(after, limit, keep);
    }
    onChange(wake) {
        this.#sleepers.add(wake);
        return ()=>this.#sleepers.delete(wake);
    }
    #wakeAll() {
        for (const wake of this.#sleepers)wake();
    }
}

//# sourceMappingURL=feed.js.map