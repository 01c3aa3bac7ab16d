import { DatabaseSync, type StatementSync } from 'node:sqlite';
import QuickLRU from 'quick-lru';

/** What queries need of a database. */
export type Source = { prepare(sql: string): StatementSync };

/** Milliseconds to wait for a file that is held for a moment: it blocks the loop, so it is short. */
const BUSY_TIMEOUT = 2_000;
/** Statements kept: filters make new ones. */
const STATEMENTS = 200;

/** A connection whose statements are prepared once: that takes longer than most of them run. */
export class Prepared implements Source {
  readonly #statements = new QuickLRU<string, StatementSync>({ maxSize: STATEMENTS });

  constructor(private readonly open: () => DatabaseSync) {}

  prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.open().prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  clear(): void {
    this.#statements.clear();
  }
}

/**
 * A connection that only reads, to a file that another thread writes: in WAL mode neither waits for the other. Opened
 * when something is asked for the first time.
 */
export class Reading implements Source {
  #db: DatabaseSync | undefined;
  readonly #prepared = new Prepared(() => this.#open());

  constructor(readonly path: string) {}

  prepare(sql: string): StatementSync {
    return this.#prepared.prepare(sql);
  }

  /** All that is asked in here reflects the same position. */
  atOnce<T>(work: (position: number) => T): T {
    const db = this.#open();
    db.exec('BEGIN');
    try {
      return work(Number(this.prepare('SELECT position FROM checkpoint').get()?.['position'] ?? 0));
    } finally {
      db.exec('COMMIT');
    }
  }

  /** Asking again opens the file that is there then. */
  close(): void {
    this.#prepared.clear();
    this.#db?.close();
    this.#db = undefined;
  }

  #open(): DatabaseSync {
    this.#db ??= new DatabaseSync(this.path, { readOnly: true, timeout: BUSY_TIMEOUT });
    return this.#db;
  }
}
