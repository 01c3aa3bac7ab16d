// Loaded by the writer's thread as it stands, without a build: only node: imports, only erasable types.
/** Rows inserted by one statement: a third of what a row costs by itself is the call. */ const ROWS = 16;
const COLUMNS = 8;
const ROW = "(?, ?, ?, unhex(?, '-'), ?, ?, ?, ?)";
/**
 * FAIL, because ABORT would copy each page that a statement of many rows is about to change, to undo that statement
 * alone: here the transaction is rolled back whole.
 */ const insertSql = (rows)=>`INSERT OR FAIL INTO events VALUES ${Array.from({
        length: rows
    }, ()=>ROW).join(', ')}`;
/**
 * Rows of events on their way into the table, a statement's worth at a time. What was added last is in the table after
 * {@link insertRest} only: it comes before each look into the table, and before the commit.
 */ export class EventRows {
    #format;
    #insert;
    #insertMany;
    /** Of one length, as an array that grows is copied again and again. */ #values;
    #filled;
    constructor(db, format){
        this.#values = Array.from({
            length: ROWS * COLUMNS
        }, ()=>null);
        this.#filled = 0;
        this.#format = format;
        this.#insert = db.prepare(insertSql(1));
        this.#insertMany = db.prepare(insertSql(ROWS));
    }
    add(place, id, type, data, metadata) {
        const values = this.#values;
        let at = this.#filled;
        values[at++] = place.position;
        values[at++] = place.streamId;
        values[at++] = place.revision;
        values[at++] = id;
        values[at++] = type;
        values[at++] = data;
        values[at++] = metadata;
        values[at++] = this.#format.eventChecksum(place, id, type, data, metadata);
        this.#filled = at;
        if (at < values.length) return;
        this.#filled = 0;
        this.#insertMany.run(...values);
    }
    insertRest() {
        const end = this.#filled;
        this.#filled = 0;
        for(let at = 0; at < end; at += COLUMNS)this.#insert.run(...this.#values.slice(at, at + COLUMNS));
    }
    /** Their transaction is over, or rolled back. A value is a part of a message, and keeps the whole of it in memory. */ forget() {
        this.#filled = 0;
        this.#values.fill(null);
    }
}

//# sourceMappingURL=event-rows.js.map