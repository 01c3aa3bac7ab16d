import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import QuickLRU from 'quick-lru';
import type { RecordedEvent } from '#lib/event-store/port';
import { codecOf, type Codec } from './codec.js';
import type { Journal, Restorable } from './journal.js';
import { keyOf, keyValues, selectList, upsertSql, whereKey, type RowKey, type TableSpec } from './table.js';

/** Rows written by one statement: most of the cost of a short one is the call. */
const CHUNK = 16;

/** What a projection's fold may do to a table. Rows are values: put a new one, never change one that was got. */
export interface RowSet<Row extends object> {
  get(key: RowKey): Row | undefined;
  /** The row that earlier events of its stream made. Before a stream's first event there is none: it is not looked for. */
  before(key: RowKey, event: Pick<RecordedEvent, 'revision'>): Row | undefined;
  put(key: RowKey, row: Row): void;
  delete(key: RowKey): void;
  /**
   * The row itself, to be changed in place until the next flush: for counters, where a copy per event costs too much.
   * Nothing may throw between the first change and the last.
   * @param at the row's value of the column that {@link TableSpec.time} names
   */
  edit(key: RowKey, create: () => Row, at?: number): Row;
}

/**
 * A write-back cache over one table. Dirty rows stay in memory until the flush, in which each is written once however
 * often it changed; clean ones are kept up to a bound. What a fold sees does not depend on when rows were flushed.
 *
 * `complete` means that every row of the table is in memory, so that a key that is not here does not exist: it holds
 * from an empty table until the first row is dropped, and spares a look-up for each new row of a rebuild. Rows that are
 * made for ever later times, as those of statistics, are complete after the latest of those that are not in memory.
 */
export class RowTable<Row extends object> implements RowSet<Row>, Restorable {
  readonly #dirty = new Map<RowKey, Row | null>();
  readonly #clean: QuickLRU<RowKey, Row>;
  /** Keys that were looked for since the last flush, and are not in the file. */
  readonly #absent = new Set<RowKey>();
  readonly #codec: Codec<Row>;
  readonly #select: StatementSync;
  readonly #upsert: StatementSync;
  #upsertMany: StatementSync | undefined;
  #delete: StatementSync | undefined;
  /** Rows of later times than this are all in memory: -Infinity where all rows are. */
  #completeAfter = -Infinity;

  constructor(
    readonly db: DatabaseSync,
    readonly spec: TableSpec<Row>,
    readonly journal: Journal,
  ) {
    this.#codec = codecOf(spec);
    this.#select = db.prepare(`SELECT ${selectList(spec)} FROM ${spec.name} WHERE ${whereKey(spec)}`);
    this.#select.setReturnArrays(true);
    this.#upsert = db.prepare(upsertSql(spec));
    this.#clean = new QuickLRU({
      maxSize: Math.ceil(spec.capacity / 2),
      onEviction: (_, row) => this.#forget(row),
    });
    if (!this.#readWhole(spec.whole ?? 0)) this.#completeAfter = Infinity;
  }

  get(key: RowKey): Row | undefined {
    const dirty = this.#dirty.get(key);
    if (dirty !== undefined) return dirty ?? undefined;
    const clean = this.#clean.get(key);
    if (clean !== undefined || this.#isComplete || this.#absent.has(key)) return clean;
    const cells = this.#select.get(...keyValues(this.spec, key)) as readonly unknown[] | undefined;
    if (cells === undefined) {
      this.#absent.add(key);
      return undefined;
    }
    const row = this.#codec.read(cells);
    this.#clean.set(key, row);
    return row;
  }

  before(key: RowKey, { revision }: Pick<RecordedEvent, 'revision'>): Row | undefined {
    if (revision === 0 && !this.#dirty.has(key) && !this.#clean.has(key)) this.#absent.add(key);
    return this.get(key);
  }

  put(key: RowKey, row: Row): void {
    this.journal.note(this, key, this.#dirty.get(key));
    this.#dirty.set(key, row);
  }

  delete(key: RowKey): void {
    this.journal.note(this, key, this.#dirty.get(key));
    // A row that came and went between two flushes was never written: nothing is left to do.
    const isNew = this.#isComplete ? !this.#clean.has(key) : this.#absent.has(key);
    if (isNew) this.#dirty.delete(key);
    else this.#dirty.set(key, null);
  }

  edit(key: RowKey, create: () => Row, at = -Infinity): Row {
    const dirty = this.#dirty.get(key);
    if (dirty !== undefined && dirty !== null) return dirty;
    const isNew = dirty === undefined && at > this.#completeAfter;
    const known = isNew ? this.#clean.get(key) : this.get(key);
    const row = known ?? create();
    this.#dirty.set(key, row);
    return row;
  }

  restore(key: RowKey, before: unknown): void {
    if (before === undefined) this.#dirty.delete(key);
    else this.#dirty.set(key, before as Row | null);
  }

  get dirty(): number {
    return this.#dirty.size;
  }

  /** Writes what changed, inside the caller's transaction. Nothing is forgotten before {@link settle}. */
  write(): void {
    const { width } = this.#codec;
    const chunk: SQLInputValue[] = [];
    for (const [key, row] of this.#dirty) {
      if (row === null) {
        this.#delete ??= this.db.prepare(`DELETE FROM ${this.spec.name} WHERE ${whereKey(this.spec)}`);
        this.#delete.run(...keyValues(this.spec, key));
        continue;
      }
      if (this.#isWritten(key, row)) continue;
      this.#codec.encode(row, chunk, chunk.length);
      if (chunk.length < width * CHUNK) continue;
      this.#upsertMany ??= this.db.prepare(upsertSql(this.spec, CHUNK));
      this.#upsertMany.run(...chunk);
      chunk.length = 0;
    }
    for (let at = 0; at < chunk.length; at += width) this.#upsert.run(...chunk.slice(at, at + width));
  }

  /** The transaction is durable: dirty rows are clean now. */
  settle(): void {
    const { keep } = this.spec;
    for (const [key, row] of this.#dirty) {
      if (row === null) this.#clean.delete(key);
      else if (keep === undefined || keep(row)) this.#clean.set(key, row);
      else {
        this.#clean.delete(key);
        this.#forget(row);
      }
    }
    this.#dirty.clear();
    this.#absent.clear();
  }

  /** Whether all rows there are could be read: there are no more than so many. */
  #readWhole(most: number): boolean {
    const { name, key } = this.spec;
    const sql = `SELECT ${selectList(this.spec)} FROM ${name} LIMIT ${most + 1}`;
    const rows = this.db.prepare(sql).all();
    if (rows.length > most) return false;
    for (const record of rows) {
      const row = this.#codec.decode(record);
      this.#clean.set(keyOf(key, row), row);
    }
    return true;
  }

  /** It changed, and is again what the file has. */
  #isWritten(key: RowKey, row: Row): boolean {
    const { same } = this.spec;
    const clean = same === undefined ? undefined : this.#clean.peek(key);
    return same !== undefined && clean !== undefined && same(row, clean);
  }

  get #isComplete(): boolean {
    return this.#completeAfter === -Infinity;
  }

  #forget(row: Row): void {
    const { time } = this.spec;
    this.#completeAfter = time === undefined ? Infinity : Math.max(this.#completeAfter, Number(row[time]));
  }
}
