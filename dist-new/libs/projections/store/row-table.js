import { codecOf } from './codec.js';
import { Slots } from './slots.js';
import { KEY_SEPARATOR, keyOf, keyValues, selectList, upsertSql, whereKey } from './table.js';
/** Rows written by one statement: most of the cost of a short one is the call. */ const CHUNK = 16;
/**
 * A write-back cache over one table. Dirty rows stay in memory until the flush, in which each is written once however
 * often it changed; clean ones are kept up to a bound. What a fold sees does not depend on when rows were flushed.
 *
 * `complete` means that every row of the table is in memory, so that a key that is not here does not exist: it holds
 * from an empty table until the first row is dropped, and spares a look-up for each new row of a rebuild. Rows that are
 * made for ever later times, as those of statistics, are complete after the latest of those that are not in memory.
 */ export class RowTable {
    #slots;
    #parts;
    #dirty;
    #codec;
    #select;
    /** What a statement of many rows binds: of one length, as an array that grows is copied again and again. */ #values;
    #upsert;
    #upsertMany;
    #delete;
    /** Rows of later times than this are all in memory: -Infinity where all rows are. */ #completeAfter;
    constructor(db, spec, journal){
        this.db = db;
        this.spec = spec;
        this.journal = journal;
        this.#slots = new Slots();
        this.#parts = new Map();
        this.#dirty = [];
        this.#completeAfter = -Infinity;
        this.#codec = codecOf(spec);
        this.#values = Array.from({
            length: this.#codec.width * CHUNK
        }, ()=>null);
        this.#select = db.prepare(`SELECT ${selectList(spec)} FROM ${spec.name} WHERE ${whereKey(spec)}`);
        this.#select.setReturnArrays(true);
        this.#upsert = db.prepare(upsertSql(spec));
        if (!this.#readWhole(spec.whole ?? 0)) this.#completeAfter = Infinity;
    }
    get(key) {
        const slot = this.#slot(key);
        if (slot.row === undefined) this.#look(slot, key);
        return slot.row ?? undefined;
    }
    before(key, { revision }) {
        const slot = this.#slot(key);
        if (slot.row === undefined) {
            if (revision === 0) slot.row = slot.stored = null;
            else this.#look(slot, key);
        }
        return slot.row ?? undefined;
    }
    put(key, row) {
        this.#change(this.#slot(key), row);
    }
    delete(key) {
        this.#change(this.#slot(key), null);
    }
    part(beginning) {
        let slots = this.#parts.get(beginning);
        if (slots === undefined) this.#parts.set(beginning, slots = new Slots());
        return {
            edit: (rest, create, at)=>this.#edit(slots, beginning, rest, create, at)
        };
    }
    /** Rows touched since the last flush, those included that came and went. */ get dirty() {
        return this.#dirty.length;
    }
    /** Writes what changed, inside the caller's transaction. Nothing is forgotten before {@link settle}. */ write() {
        const { width } = this.#codec;
        const most = width * CHUNK;
        let end = 0;
        for (const slot of this.#dirty){
            const { key, row } = slot;
            if (row === undefined || this.#isWritten(slot)) continue;
            if (row === null) {
                this.#delete ??= this.db.prepare(`DELETE FROM ${this.spec.name} WHERE ${whereKey(this.spec)}`);
                this.#delete.run(...keyValues(this.spec, key));
                continue;
            }
            this.#codec.encode(row, this.#values, end);
            end += width;
            if (end < most) continue;
            this.#upsertMany ??= this.db.prepare(upsertSql(this.spec, CHUNK));
            this.#upsertMany.run(...this.#values);
            end = 0;
        }
        for(let at = 0; at < end; at += width)this.#upsert.run(...this.#values.slice(at, at + width));
    }
    /** The transaction is durable: dirty rows are clean now. */ settle() {
        const { keep } = this.spec;
        for (const slot of this.#dirty){
            const { row } = slot;
            slot.stored = row;
            slot.dirty = false;
            if (row && (keep === undefined || keep(row))) continue;
            this.#slots.remove(slot);
            if (row) this.#forget(row);
        }
        this.#dirty = [];
        this.#age();
    }
    /** Rows that were not asked for lately are dropped, when half of those there is room for were. */ #age() {
        let young = this.#slots.size;
        for (const slots of this.#parts.values())young += slots.size;
        if (young < this.spec.capacity / 2) return;
        const drop = ({ row })=>{
            if (row) this.#forget(row);
        };
        this.#slots.age(drop);
        for (const [beginning, slots] of this.#parts){
            slots.age(drop);
            if (slots.isEmpty) this.#parts.delete(beginning);
        }
    }
    /** Of a key that is not here it is not known whether the file has it, unless all that it has is here. */ #slot(key) {
        return this.#slots.find(key) ?? this.#slots.add(key, this.#isComplete ? null : undefined);
    }
    #edit(slots, beginning, rest, create, at = -Infinity) {
        const slot = slots.find(rest) ?? slots.add(rest, at > this.#completeAfter ? null : undefined);
        if (slot.row === undefined) this.#look(slot, beginning + KEY_SEPARATOR + rest);
        const row = slot.row ??= create();
        // Changed in place: what the file has is not to be seen here any more.
        if (slot.stored !== null) slot.stored = undefined;
        this.#touch(slot);
        return row;
    }
    #look(slot, key) {
        const cells = this.#select.get(...keyValues(this.spec, key));
        slot.row = slot.stored = cells === undefined ? null : this.#codec.read(cells);
    }
    #change(slot, row) {
        this.journal.note(slot);
        slot.row = row;
        this.#touch(slot);
    }
    #touch(slot) {
        if (slot.dirty) return;
        slot.dirty = true;
        this.#dirty.push(slot);
    }
    /** Whether all rows there are could be read: there are no more than so many. */ #readWhole(most) {
        const { name, key } = this.spec;
        const sql = `SELECT ${selectList(this.spec)} FROM ${name} LIMIT ${most + 1}`;
        const rows = this.db.prepare(sql).all();
        if (rows.length > most) return false;
        for (const record of rows){
            const row = this.#codec.decode(record);
            this.#slots.add(keyOf(key, row), row);
        }
        return true;
    }
    /** It is what the file has; also one that changed, and is again what it was. */ #isWritten({ row, stored }) {
        if (row === stored) return true;
        const { same } = this.spec;
        return same !== undefined && row && stored ? same(row, stored) : false;
    }
    get #isComplete() {
        return this.#completeAfter === -Infinity;
    }
    #forget(row) {
        const { time } = this.spec;
        this.#completeAfter = time === undefined ? Infinity : Math.max(this.#completeAfter, Number(row[time]));
    }
}

//# sourceMappingURL=row-table.js.map