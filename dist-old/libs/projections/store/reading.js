import { DatabaseSync } from 'node:sqlite';
import QuickLRU from 'quick-lru';
/** Milliseconds to wait for a file that is held for a moment: it blocks the loop, so it is short. */ const BUSY_TIMEOUT = 2_000;
/** Statements kept: filters make new ones. */ const STATEMENTS = 200;
/** A connection whose statements are prepared once: that takes longer than most of them run. */ export class Prepared {
    #statements;
    constructor(open){
        this.open = open;
        this.#statements = new QuickLRU({
            maxSize: STATEMENTS
        });
    }
    prepare(sql) {
        const known = this.#statements.get(sql);
        if (known !== undefined) return known;
        const statement = this.open().prepare(sql);
        this.#statements.set(sql, statement);
        return statement;
    }
    clear() {
        this.#statements.clear();
    }
}
/**
 * A connection that only reads, to a file that another thread writes: in WAL mode neither waits for the other. Opened
 * when something is asked for the first time.
 */ export class Reading {
    #db;
    #prepared;
    constructor(path){
        this.path = path;
        this.#prepared = new Prepared(()=>this.#open());
    }
    prepare(sql) {
        return this.#prepared.prepare(sql);
    }
    /** All that is asked in here reflects the same position. */ atOnce(work) {
        const db = this.#open();
        db.exec('BEGIN');
        try {
            return work(Number(this.prepare('SELECT position FROM checkpoint').get()?.['position'] ?? 0));
        } finally{
            db.exec('COMMIT');
        }
    }
    /** Asking again opens the file that is there then. */ close() {
        this.#prepared.clear();
        this.#db?.close();
        this.#db = undefined;
    }
    #open() {
        this.#db ??= new DatabaseSync(this.path, {
            readOnly: true,
            timeout: BUSY_TIMEOUT
        });
        return this.#db;
    }
}

//# sourceMappingURL=reading.js.map