import { streamPrefixes } from '#lib/contracts/streams';
/** Everything but what is told of webhooks themselves: a delivery is no reason for another. */ const { webhook: _, ...others } = streamPrefixes;
export const deliverableStreams = {
    prefixes: Object.values(others)
};
/** Events read at once by who is behind. */ const PAGE = 256;
/** Events kept for an endpoint that is slower than the log: what is more is read again from there. */ const MOST_KEPT = 512;
/**
 * What is new, for one endpoint:
 *
 *     behind ─(read up to where the feed is)─► live ─(too much came: the rest is read again)─► behind
 *
 * So that one subscription feeds all endpoints, and a slow one costs no more memory than a fast one.
 */ export class NewsLane {
    #kept;
    #live;
    /** It found nothing, and the feed had not begun. */ #starved;
    /** Everything up to here was considered. */ #cursor;
    #settled;
    #taking;
    constructor(after, store, wants, /** The feed's position: events after it are still to be offered. Undefined: it has not begun. */ fed){
        this.store = store;
        this.wants = wants;
        this.fed = fed;
        this.#kept = [];
        this.#live = false;
        this.#starved = false;
        this.#taking = 0;
        this.#cursor = after;
        this.#settled = after;
    }
    /**
   * From the feed. Whoever is behind reads these from the log. Answers whether there is something to take where there was
   * nothing: who had something knows.
   */ offer(events, position) {
        if (!this.#live) {
            const starved = this.#starved;
            this.#starved = false;
            return starved;
        }
        const before = this.#kept.length;
        this.#keep(events, position);
        return before === 0 && this.#kept.length > 0;
    }
    #keep(events, position) {
        for (const event of events){
            // What it read ahead of the feed comes once more.
            if (event.position <= this.#cursor || !this.wants(event)) continue;
            if (this.#kept.length >= MOST_KEPT) {
                this.#live = false;
                return;
            }
            this.#kept.push(event);
            this.#cursor = event.position;
        }
        this.#cursor = Math.max(this.#cursor, position);
    }
    /** Everything up to here was looked at, by the words that were wanted then. */ get considered() {
        return this.#cursor;
    }
    /** Everything up to here is settled: where a restart may begin. */ get safe() {
        return this.#kept.length === 0 && this.#taking === 0 ? this.#cursor : this.#settled;
    }
    /** It follows the feed, and nothing of it waits. */ get idle() {
        return this.#live && this.#kept.length === 0 && this.#taking === 0;
    }
    async take(most) {
        if (this.#kept.length === 0 && !this.#live && !await this.#read()) return undefined;
        const events = this.#kept.splice(0, most);
        if (events.length === 0 && this.#live) return undefined;
        const through = this.#kept.length === 0 ? this.#cursor : events.at(-1)?.position ?? this.#cursor;
        this.#taking = through;
        return {
            events,
            through
        };
    }
    settled() {
        this.#settled = this.#taking;
        this.#taking = 0;
    }
    /**
   * A page; the last one leads to where the feed was when it was asked for, and there it is live. False: there is no more
   * before the feed begins.
   */ async #read() {
        const fed = this.fed();
        const page = await this.store.readAll(this.#cursor, PAGE, deliverableStreams);
        this.#kept.push(...page.filter(this.wants));
        this.#cursor = Math.max(this.#cursor, page.at(-1)?.position ?? 0);
        if (page.length === PAGE) return true;
        if (fed === undefined) {
            this.#starved = true;
            return this.#kept.length > 0;
        }
        this.#cursor = Math.max(this.#cursor, fed);
        this.#live = this.#cursor >= (this.fed() ?? Infinity);
        return true;
    }
}
/** A range of the log, once more. */ export class ReplayLane {
    #upTo;
    #kept;
    #cursor;
    constructor({ id, after, upTo }, store, wants){
        this.store = store;
        this.wants = wants;
        this.#kept = [];
        this.replay = id;
        this.#upTo = upTo;
        this.#cursor = after;
    }
    async take(most) {
        if (this.#kept.length === 0 && this.#cursor < this.#upTo) await this.#read();
        const events = this.#kept.splice(0, most);
        const over = this.#kept.length === 0 && this.#cursor >= this.#upTo;
        const through = this.#kept.length === 0 ? this.#cursor : events.at(-1)?.position ?? this.#cursor;
        return {
            events,
            through,
            over
        };
    }
    settled() {}
    async #read() {
        const page = await this.store.readAll(this.#cursor, PAGE, deliverableStreams);
        const within = page.filter(({ position })=>position <= this.#upTo);
        this.#kept.push(...within.filter(this.wants));
        const last = page.at(-1)?.position ?? this.#upTo;
        this.#cursor = page.length < PAGE ? this.#upTo : Math.min(last, this.#upTo);
    }
}

//# sourceMappingURL=lanes.js.map