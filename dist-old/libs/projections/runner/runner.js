import { streamPrefixes } from '#lib/contracts/streams';
import { EventStoreError, isEventStoreError } from '#lib/event-store/port';
import { isSqliteError } from '../store/read-model-file.js';
import { pause } from '#lib/ports';
import { loadInShares, worthSharing } from './shares.js';
import { after, Waiters } from './waiting.js';
/** Events folded in one turn of the event loop, live: about 10 ms with their rows written. */ const LIVE_SLICE = 500;
/**
 * Live rows are written 10 ms after an event, or at once when someone waits for them. While events keep pouring in, or
 * more of them are there to be read, that is put off, up to a second: a run that is queued, started and over within it
 * is written once.
 */ const FLUSH_EVENTS = 50_000;
const FLUSH_MS = 10;
const BUSY_EVENTS = 200;
const LONGEST_BUSY_MS = 1_000;
/** Loading an empty file: nobody is served yet, and a row that is written once costs less than one written thrice. */ const LOAD_BATCH = 10_000;
const LOAD_FLUSH_ROWS = 100_000;
/** This far behind, an empty file is loaded first and gets its indices after. */ const LOAD_FROM = 5_000;
const BACKOFF_MS = 100;
const BACKOFF_CAP_MS = 10_000;
export const projectedStreams = {
    prefixes: Object.values(streamPrefixes)
};
const otherLog = ({ id, stream, revision, position })=>new EventStoreError('corrupt_event', `the log does not have event ${id} at position ${position} (revision ${revision} of ${stream}), which the read model has: ` + 'it lost its end, or an older copy was put in its place. If that was meant, delete read-model.sqlite and start again');
/**
 * Feeds the log to the applier:
 *
 *     stopped ─start─► recognizing ─► loading ─(caught up: indices)─► live ─stop─► stopped
 *                           └────────────┴──────────┬──────────────────┘
 *                                   backing off ◄─(outage)   failed ◄─(corrupt event, or another log)
 *
 * Folding and writing are synchronous, so that a flush never meets a half-applied event.
 */ export class Runner {
    #waiters;
    #stopping;
    #running;
    #cancelFlush;
    /** Whether more of the log was there when the last batch was read. */ #behind;
    #failures;
    #failure;
    #shares;
    /** The log is the one that the file was folded from. */ #known;
    constructor(applier, store, time, options){
        this.applier = applier;
        this.store = store;
        this.time = time;
        this.options = options;
        this.#running = Promise.resolve();
        this.#behind = false;
        this.#failures = 0;
        this.#known = false;
        this.#waiters = new Waiters(time);
        this.#shares = options.shares;
    }
    start() {
        if (this.#stopping !== undefined) return;
        const stopping = new AbortController();
        this.#stopping = stopping;
        this.#running = this.#run(stopping.signal);
    }
    /** Writes what was folded and ends. Starting again goes on from there. */ async stop() {
        this.#stopping?.abort();
        await this.#running;
        this.#stopping = undefined;
        this.#tryFlush();
        this.#disarm();
        this.applier.endLoad();
        this.#waiters.abandon();
    }
    get failure() {
        return this.#failure;
    }
    waitFor(position, timeoutMs) {
        if (this.applier.flushed < position && this.applier.applied >= position) this.#tryFlush();
        const trusted = this.#known || this.#stopping === undefined;
        if (this.applier.flushed >= position && trusted) return Promise.resolve(true);
        if (this.#stopping === undefined || this.#failure !== undefined) return Promise.resolve(false);
        return this.#waiters.wait(position, timeoutMs);
    }
    async #run(signal) {
        while(!signal.aborted){
            try {
                this.applier.mend();
                await this.#recognize();
                const loading = await this.#needsLoad(signal);
                for await (const batch of this.store.subscribe(this.#subscription(loading, signal))){
                    await this.#take(batch, loading, signal);
                    this.#failures = 0;
                    if (signal.aborted || loading && this.applier.indexed) break;
                }
            } catch (error) {
                if (signal.aborted) return;
                if (isEventStoreError(error, 'corrupt_event')) return this.#fail(error);
                this.options.onFault({
                    fatal: false,
                    error
                });
                if (isSqliteError(error)) this.#recover();
                const delay = Math.min(BACKOFF_CAP_MS, BACKOFF_MS * 2 ** this.#failures);
                this.#failures += 1;
                await pause((over)=>after(this.time, delay, over), signal);
            }
        }
    }
    #subscription(loading, signal) {
        return {
            after: this.applier.applied,
            filter: projectedStreams,
            batchSize: loading ? LOAD_BATCH : LIVE_SLICE,
            signal
        };
    }
    /**
   * What is folded goes on from what was: not from a log that lost its end, nor from an older copy that was put in its
   * place, whose next events would be taken for ones that were seen.
   */ async #recognize() {
        if (this.#known) return;
        const { anchor } = this.applier;
        if (anchor !== undefined) {
            const [event] = await this.store.readStream(anchor.stream, {
                from: anchor.revision,
                limit: 1
            });
            if (event?.id !== anchor.id || event.position !== anchor.position) throw otherLog(anchor);
        }
        this.#known = true;
        this.#told();
    }
    async #needsLoad(signal) {
        if (this.applier.indexed) return false;
        const head = await this.store.head();
        const behind = head - this.applier.applied;
        if (behind < LOAD_FROM) this.#loaded();
        if (behind >= LOAD_FROM && !this.applier.loading) this.applier.beginLoad();
        const shares = this.#shares;
        if (shares === undefined || !worthSharing(this.applier, head, shares.loaders)) return behind >= LOAD_FROM;
        this.#shares = undefined;
        return !await this.#share({
            ...shares,
            upTo: head,
            signal
        });
    }
    /** Whether it is loaded. What goes wrong in there is met again, and dealt with, by reading alone. */ async #share(load) {
        try {
            await loadInShares(this.applier, load);
        } catch (error) {
            if (load.signal?.aborted !== true) this.options.onFault({
                fatal: false,
                error
            });
            return false;
        }
        this.#loaded();
        this.#told();
        return true;
    }
    #loaded() {
        this.applier.createIndexes();
        this.applier.endLoad();
    }
    async #take(batch, loading, signal) {
        const { events, position, caughtUp } = batch;
        this.#behind = !caughtUp;
        for(let from = 0; from < events.length && !signal.aborted; from += LIVE_SLICE){
            this.applier.apply(events, from, Math.min(from + LIVE_SLICE, events.length));
            if (!loading) this.#flushWhenDue();
            await this.#yield();
        }
        if (signal.aborted) return;
        this.applier.advance(position);
        if (!loading) return this.#flushWhenDue();
        if (caughtUp || this.applier.dirty >= LOAD_FLUSH_ROWS) this.#flush();
        if (caughtUp) this.#loaded();
    }
    #yield() {
        return new Promise((resolve)=>this.time.timers.soon(resolve));
    }
    #flushWhenDue() {
        const { applied, flushed } = this.applier;
        if (applied === flushed) return;
        if (applied - flushed >= FLUSH_EVENTS || this.#waiters.wants(applied)) this.#flush();
        else this.#cancelFlush ??= this.#armFlush(this.time.clock.monotonic(), applied);
    }
    #armFlush(since, seen) {
        return after(this.time, FLUSH_MS, ()=>{
            const { applied } = this.applier;
            // How much was folded is no measure while there is more to fold: less of it is done where the processor is busy.
            const pouring = this.#behind || applied - seen >= BUSY_EVENTS;
            if (pouring && this.time.clock.monotonic() - since < LONGEST_BUSY_MS) this.#cancelFlush = this.#armFlush(since, applied);
            else this.#tryFlush();
        });
    }
    #disarm() {
        this.#cancelFlush?.();
        this.#cancelFlush = undefined;
    }
    #flush() {
        this.#disarm();
        this.applier.flush();
        this.#told();
    }
    #told() {
        if (!this.#known) return;
        this.#waiters.reached(this.applier.flushed);
        this.options.onFlushed?.(this.applier.flushed);
    }
    /** Outside the loop, where nobody would catch it: what could not be written stays, and is tried again. */ #tryFlush() {
        try {
            this.#flush();
        } catch (error) {
            this.options.onFault({
                fatal: false,
                error
            });
            this.#cancelFlush = after(this.time, BACKOFF_CAP_MS / 10, ()=>this.#tryFlush());
        }
    }
    /** Rows in memory may hold half an event: back to what the file says, if it can be read. */ #recover() {
        try {
            this.applier.reset();
        } catch (error) {
            this.options.onFault({
                fatal: false,
                error
            });
        }
    }
    #fail(error) {
        this.#failure = error;
        this.#tryFlush();
        this.#waiters.abandon();
        this.options.onFault({
            fatal: true,
            error
        });
    }
}

//# sourceMappingURL=runner.js.map