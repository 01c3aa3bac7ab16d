import { parseStream } from '#lib/contracts/streams';
import { reasonOf } from '#lib/domain/parking';
import { beginLoad, endLoad, isSqliteError } from '../store/read-model-file.js';
import { layout, RowStore } from '../store/rows.js';
import { routes } from './projections.js';
/** How often a projection that throws is asked again before the event is parked for it. */ const TRIES = 3;
/**
 * Folds events into rows, and writes rows when told to. An event at or below the position applied last is ignored, so
 * that duplicates and replays change nothing. One projection's failure is its own: the others have the event, and the
 * next event comes. Only the database's own errors are thrown: the caller resets and tries again later.
 */ export class Applier {
    #store;
    #routes;
    #applied;
    #flushed;
    #last;
    #parked;
    #loading;
    /** An event was folded by some and not by others: nothing is written before {@link reset}. */ #torn;
    constructor(db, decode, now){
        this.db = db;
        this.decode = decode;
        this.now = now;
        this.#routes = routes();
        this.#parked = [];
        this.#loading = false;
        this.#torn = false;
        this.#store = new RowStore(db);
        this.#flushed = this.#store.position;
        this.#applied = this.#flushed;
    }
    /** Position up to which rows in memory reflect the log. */ get applied() {
        return this.#applied;
    }
    /** Position up to which the file does. */ get flushed() {
        return this.#flushed;
    }
    /** The last event in the file: the log that it came from has it still. */ get anchor() {
        return this.#store.anchor;
    }
    get dirty() {
        return this.#store.dirty;
    }
    get indexed() {
        return this.#store.indexed;
    }
    apply(events, from = 0, to = events.length) {
        for(let at = from; at < to; at += 1){
            const event = events[at];
            if (event === undefined || event.position <= this.#applied) continue;
            this.#take(event);
            this.#applied = event.position;
            this.#last = event;
        }
    }
    /** Everything up to a position was considered, events of other streams included. */ advance(position) {
        this.#applied = Math.max(this.#applied, position);
    }
    flush() {
        if (this.#applied === this.#flushed || this.#torn) return;
        this.#store.flush(this.#applied, this.#last, ()=>this.#writeParked());
        this.#flushed = this.#applied;
        this.#last = undefined;
        this.#parked = [];
        for (const projections of Object.values(this.#routes))for (const projection of projections)projection.settled?.();
    }
    /** The file is empty and far behind: fast, and unsafe until {@link endLoad}. */ beginLoad() {
        this.#loading = true;
        beginLoad(this.db);
    }
    get loading() {
        return this.#loading;
    }
    /** Makes the file valid as far as it has come. It may go on loading later. */ endLoad() {
        if (this.#loading) endLoad(this.db, layout);
        this.#loading = false;
    }
    /** Takes the rows of files that were loaded from other streams of the log, up to a position. This one is empty. */ absorb(paths, position) {
        this.#store.absorb(paths, position);
        this.reset();
    }
    createIndexes() {
        this.#store.createIndexes();
    }
    /** Forgets what was not written, after the database failed in the middle of an event: it is read from the log again. */ reset() {
        this.#store = new RowStore(this.db);
        this.#routes = routes();
        this.#parked = [];
        this.#last = undefined;
        this.#flushed = this.#store.position;
        this.#applied = this.#flushed;
        this.#torn = false;
    }
    /** Forgets half an event, where there is one. @throws as {@link reset}: until it succeeds nothing is to be folded. */ mend() {
        if (this.#torn) this.reset();
    }
    #take(event) {
        const stream = parseStream(event.stream);
        if (stream === undefined) return;
        let fact;
        try {
            fact = this.decode(event);
        } catch (error) {
            this.#park('decode', event, error);
            return;
        }
        if (fact === undefined) return;
        for (const projection of this.#routes[stream.kind])this.#project(projection, fact, stream.id);
    }
    #project(projection, event, id) {
        const { journal, rows } = this.#store;
        for(let tries = 1;; tries += 1){
            try {
                projection.apply(event, id, rows);
                journal.accept();
                return;
            } catch (error) {
                journal.undo();
                if (isSqliteError(error)) {
                    this.#torn = true;
                    throw error;
                }
                if (tries < TRIES) continue;
                this.#park(projection.name, event, error);
                return;
            }
        }
    }
    #park(projection, event, error) {
        const { position, id: eventId, type: eventType, stream, metadata } = event;
        this.#parked.push({
            projection,
            position,
            eventId,
            eventType,
            stream,
            tenant: metadata.tenant,
            reason: reasonOf(error),
            at: this.now()
        });
    }
    #writeParked() {
        if (this.#parked.length === 0) return;
        const insert = this.db.prepare('INSERT OR REPLACE INTO parked VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
        for (const { projection, position, eventId, eventType, stream, tenant, reason, at } of this.#parked){
            insert.run(projection, position, eventId, eventType, stream, tenant, reason, at);
        }
    }
}

//# sourceMappingURL=applier.js.map