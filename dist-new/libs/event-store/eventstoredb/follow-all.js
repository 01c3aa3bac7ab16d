import { storeUnavailable } from '../port/index.js';
import { asStoreError, isInvalidPosition } from './failures.js';
import { Live } from './live.js';
const DEFAULT_BATCH = 500;
/** How long to wait for what is known to be there before asking for it. */ const PATIENCE_MS = 200;
const BACKOFF_MS = 50;
const BACKOFF_CAP_MS = 5_000;
/**
 * A subscription that outlives those of the client.
 *
 *     opening ──(confirmed)──► following ──(nothing comes)──► probing ──(nothing is there)──► following, caught up
 *        ▲                        │                              │
 *        └──(error, end, close)───┘◄──(something is there, and for too long not delivered)
 *
 * A subscription of the server can go silent without an error: it is found out by asking in another way. While nothing
 * comes, the head of the log is read, and then whether anything of ours lies between our position and that head. If not,
 * the position moves up to it: that is how a reader whose filter keeps little makes progress, and learns that it is
 * caught up, without leaning on the server's own messages about either. If there is, the subscription owes it to us, and
 * one that does not pay is replaced. So the canary is the log itself, and nothing is written for it.
 */ export async function* followAll(tools, options) {
    const cursor = new Cursor(tools, options);
    const { signal } = options;
    const { closing } = tools.connection;
    const interrupt = ()=>cursor.interrupt();
    for (const each of [
        signal,
        closing
    ])each.addEventListener('abort', interrupt);
    try {
        while(!signal.aborted){
            if (closing.aborted) throw storeUnavailable('it is closed');
            const batch = await cursor.next();
            if (signal.aborted) return;
            if (batch !== undefined) yield batch;
        }
    } finally{
        for (const each of [
            signal,
            closing
        ])each.removeEventListener('abort', interrupt);
        cursor.stop();
    }
}
let Cursor = class Cursor {
    #position;
    /** The newest position known to exist. */ #head;
    #live;
    #openedAt;
    #failures;
    /** Told the reader that it is caught up at this position. */ #told;
    #probeAt;
    /** Since when something is known to be there that does not come. */ #owedSince;
    /** Subscriptions in a row that went silent. */ #silences;
    #pausing;
    constructor(tools, options){
        this.tools = tools;
        this.options = options;
        this.#openedAt = 0;
        this.#failures = 0;
        this.#told = false;
        this.#probeAt = 0;
        this.#silences = 0;
        this.#position = options.after;
    }
    get #ending() {
        return this.tools.connection.closing.aborted || this.options.signal.aborted;
    }
    interrupt() {
        this.#live?.interrupt();
        this.#pausing?.();
    }
    stop() {
        this.#live?.stop();
        this.#live = undefined;
    }
    /** The next batch, or undefined when there is none yet: ask again. */ async next() {
        try {
            this.#head ??= await this.tools.head();
            if (this.#position >= this.#head && !this.#told) return this.#batch([], this.#position);
            const live = this.#follow();
            const taken = live.take(this.options.batchSize ?? DEFAULT_BATCH);
            if (taken.events.length > 0) {
                this.#owedSince = undefined;
                this.#failures = 0;
                this.#silences = 0;
                return this.#batch(taken.events, Math.max(taken.position, this.#position), taken.drained);
            }
            if (taken.position > this.#position) return this.#batch([], taken.position);
            if (live.over !== undefined) throw live.over;
            return await this.#wait(live);
        } catch (error) {
            // No later try mends this. A right that is missing may be there in a moment: a server that starts denies all.
            if (isInvalidPosition(error)) throw asStoreError(error);
            await this.#again(error);
            return undefined;
        }
    }
    #batch(events, position, drained = true) {
        this.#position = position;
        this.#head = Math.max(this.#head ?? 0, position);
        const caughtUp = drained && position >= this.#head;
        this.#told = caughtUp;
        this.#probeAt = performance.now() + this.tools.probeMs;
        return {
            events,
            position,
            caughtUp
        };
    }
    #follow() {
        if (this.#live !== undefined) return this.#live;
        const { filter, batchSize = DEFAULT_BATCH } = this.options;
        this.#openedAt = performance.now();
        this.#live = new Live(this.tools.connection, this.#position, filter, Math.min(batchSize, 1_000));
        return this.#live;
    }
    async #wait(live) {
        const now = performance.now();
        if (!live.confirmed && now - this.#openedAt > this.tools.connection.deadlineMs) {
            this.tools.connection.suspect('a subscription', live.client);
            throw storeUnavailable('a subscription was not confirmed in time');
        }
        const behind = this.#position < (this.#head ?? 0);
        const until = behind ? PATIENCE_MS : Math.max(1, this.#probeAt - now);
        await live.wait(Math.min(until, this.tools.connection.deadlineMs));
        if (performance.now() - now < Math.min(until, this.tools.connection.deadlineMs) - 1) return undefined;
        return this.#probe();
    }
    /** Nothing came for a while: is there nothing, or is it withheld? */ async #probe() {
        const { head, anyBetween, silenceMs, probeMs } = this.tools;
        const position = this.#position;
        const live = this.#live;
        const newest = await head();
        this.#probeAt = performance.now() + probeMs;
        if (newest <= position) {
            this.#head = position;
            return this.#told ? undefined : this.#batch([], position);
        }
        this.#head = newest;
        const enough = ()=>this.#ending || this.#live?.stirred === true;
        const owed = await anyBetween(position, newest, this.options.filter?.prefixes ?? [], enough);
        if (owed === undefined) return undefined;
        // What is delivered while we ask is not lost: it lies after the head that was read before.
        if (!owed) return this.#batch([], newest);
        if (enough()) return undefined;
        this.#owedSince ??= performance.now();
        if (performance.now() - this.#owedSince < silenceMs) return undefined;
        this.#owedSince = undefined;
        this.#silences += 1;
        // The probe was answered, so the connection lives; but a second silent subscription on it is one too many.
        if (this.#silences > 1 && live !== undefined) this.tools.connection.suspect('silent subscriptions', live.client);
        throw storeUnavailable('a subscription went silent while there was something to tell');
    }
    /** The subscription is over: the next one begins where this one stopped, after a pause that grows. */ async #again(error) {
        this.stop();
        // The next one owes nothing yet.
        this.#owedSince = undefined;
        if (this.#ending) return;
        this.tools.onTrouble('subscription', error);
        if (performance.now() - this.#openedAt > BACKOFF_CAP_MS) this.#failures = 0;
        const delay = Math.min(BACKOFF_CAP_MS, BACKOFF_MS * 2 ** this.#failures) * (0.5 + Math.random() / 2);
        this.#failures += 1;
        await new Promise((resolve)=>{
            const timer = setTimeout(resolve, delay);
            this.#pausing = ()=>{
                clearTimeout(timer);
                resolve();
            };
        });
        this.#pausing = undefined;
    }
};

//# sourceMappingURL=follow-all.js.map