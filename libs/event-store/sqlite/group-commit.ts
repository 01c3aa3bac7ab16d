// Loaded by the writer's thread as it stands, without a build: only node: imports, only erasable types.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { EventRows } from './event-rows.js';
import type * as RowFormat from './row-format.js';

/**
 * Parts joined by NUL, because cloning between threads costs per object and per string, and neither JSON nor the names
 * of streams and types hold a NUL. `appends`: stream, expected, count, then id, type, data and metadata of each event.
 * `snapshots`: stream, revision, version, state.
 */
export type Group = { readonly appends: string; readonly snapshots: string };
export const SEPARATOR = '\0';

const partsOf = (text: string): readonly string[] => (text === '' ? [] : text.split(SEPARATOR));

/** Each append answers with three numbers: one of these, then the revision and the position of its last event. */
export const APPENDED = 0;
/** It was stored before; answered like the first time. */
export const REPEATED = 1;
/** The second number is the stream's revision, the third means nothing. */
export const CONFLICT = 2;
/** Its rows are damaged; the other appends of the group are not concerned. */
export const DAMAGED = 3;

export const NUMBERS_PER_ANSWER = 3;
const HEADER = 3;
const PARTS_PER_EVENT = 4;
const PARTS_PER_SNAPSHOT = 4;

/** Streams whose revision is remembered: two generations of this many. */
const GENERATION = 100_000;

/** `id` 0: the stream does not exist yet. */
type Stream = { readonly name: string; id: number; revision: number };
type Append = {
  readonly stream: string;
  readonly expected: number;
  readonly count: number;
  readonly first: number;
};

/** SQLITE_CORRUPT and SQLITE_CONSTRAINT: one damaged stream, not the disk. */
const isDamage = (error: unknown): boolean =>
  [11, 19].includes(Number((error as { errcode?: unknown }).errcode) & 0xff);

/** Everything that came in while the last commit ran, in one transaction with one fsync. */
export class GroupCommit {
  readonly #db: DatabaseSync;
  readonly #format: typeof RowFormat;
  readonly #rows: EventRows;
  readonly #run: Record<
    'begin' | 'commit' | 'find' | 'create' | 'createUnlessThere' | 'stored' | 'snapshot',
    StatementSync
  >;
  #young = new Map<string, Stream>();
  #old = new Map<string, Stream>();
  #head: number;

  constructor(db: DatabaseSync, format: typeof RowFormat, rows: EventRows) {
    this.#db = db;
    this.#format = format;
    this.#rows = rows;
    this.#run = {
      begin: db.prepare('BEGIN IMMEDIATE'),
      commit: db.prepare('COMMIT'),
      find: db.prepare(
        'SELECT id, coalesce((SELECT max(revision) FROM events WHERE stream_id = streams.id), -1) AS revision FROM streams WHERE name = ?',
      ),
      create: db.prepare('INSERT INTO streams (name) VALUES (?)'),
      createUnlessThere: db.prepare('INSERT INTO streams (name) VALUES (?) ON CONFLICT DO NOTHING'),
      stored: db.prepare(
        'SELECT id, position FROM events WHERE stream_id = ? AND revision > ? AND revision <= ? ORDER BY revision',
      ),
      snapshot: db.prepare('INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?, ?, ?)'),
    };
    this.#head = Number(db.prepare('SELECT max(position) AS head FROM events').get()?.['head'] ?? 0);
  }

  get head(): number {
    return this.#head;
  }

  /** All or nothing; a conflict or a repeat is an answer, not a failure. */
  commit(group: Group): Float64Array {
    const parts = partsOf(group.appends);
    const snapshots = partsOf(group.snapshots);
    const appends = appendsOf(parts);
    const answers = new Float64Array(appends.length * NUMBERS_PER_ANSWER);
    try {
      this.#transaction(() => {
        for (const [index, append] of appends.entries()) this.#append(parts, append, answers, index);
        this.#writeSnapshots(snapshots);
      });
    } catch (error) {
      if (!isDamage(error) || appends.length === 0) throw error;
      const before = this.#head;
      try {
        this.#commitSingly(parts, appends, answers);
        this.#transaction(() => this.#writeSnapshots(snapshots));
      } catch (failure) {
        if (this.#head === before) throw failure;
        throw Object.assign(failure as Error, { partly: true });
      }
    }
    return answers;
  }

  /** One damaged stream must not keep the others from going on: each append gets a transaction of its own. */
  #commitSingly(parts: readonly string[], appends: readonly Append[], answers: Float64Array): void {
    for (const [index, append] of appends.entries()) {
      try {
        this.#transaction(() => this.#append(parts, append, answers, index));
      } catch (error) {
        if (!isDamage(error)) throw error;
        answers[index * NUMBERS_PER_ANSWER] = DAMAGED;
      }
    }
  }

  #transaction(work: () => void): void {
    const head = this.#head;
    this.#run.begin.run();
    try {
      work();
      this.#rows.insertRest();
      this.#run.commit.run();
      this.#rows.forget();
    } catch (error) {
      // What is remembered may never have been stored. Positions of a rolled-back group were never handed out.
      this.#young.clear();
      this.#old.clear();
      this.#head = head;
      this.#rows.forget();
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  #append(parts: readonly string[], append: Append, answers: Float64Array, index: number): void {
    const known = this.#stream(append.stream, append.expected === -1);
    const at = index * NUMBERS_PER_ANSWER;
    if (known.revision === append.expected) {
      this.#insert(parts, append, known);
      answers.set([APPENDED, known.revision, this.#head], at);
      return;
    }
    const position = this.#repeats(parts, append, known);
    answers.set(
      position === undefined
        ? [CONFLICT, known.revision, 0]
        : [REPEATED, append.expected + append.count, position],
      at,
    );
  }

  #insert(parts: readonly string[], { stream, count, first }: Append, known: Stream): void {
    if (known.id === 0) known.id = Number(this.#run.create.run(stream).lastInsertRowid);
    for (let at = first; at < first + count * PARTS_PER_EVENT; at += PARTS_PER_EVENT) {
      known.revision += 1;
      this.#head += 1;
      this.#rows.add(
        { position: this.#head, stream, streamId: known.id, revision: known.revision },
        String(parts[at]),
        String(parts[at + 1]),
        String(parts[at + 2]),
        String(parts[at + 3]),
      );
    }
  }

  /** The position of the last event, when exactly these events are stored at these revisions already. */
  #repeats(parts: readonly string[], { expected, count, first }: Append, known: Stream): number | undefined {
    if (known.revision < expected + count) return undefined;
    this.#rows.insertRest();
    const rows = this.#run.stored.all(known.id, expected, expected + count);
    const same = rows.every(
      ({ id }, index) =>
        this.#format.uuidFromBytes(id as Uint8Array) === parts[first + index * PARTS_PER_EVENT],
    );
    return same && rows.length === count ? Number(rows.at(-1)?.['position']) : undefined;
  }

  #writeSnapshots(parts: readonly string[]): void {
    for (let at = 0; at < parts.length; at += PARTS_PER_SNAPSHOT) {
      const [name, revision, version, state] = [
        String(parts[at]),
        Number(parts[at + 1]),
        Number(parts[at + 2]),
        String(parts[at + 3]),
      ];
      const known = this.#stream(name);
      if (known.id === 0) known.id = Number(this.#run.create.run(name).lastInsertRowid);
      this.#run.snapshot.run(
        known.id,
        revision,
        version,
        state,
        this.#format.snapshotChecksum(name, revision, version, state),
      );
    }
  }

  /** Remembered in two generations, which costs less than keeping an order of use: what is used moves to the young one. */
  #stream(name: string, isNew = false): Stream {
    const young = this.#young.get(name);
    if (young !== undefined) return young;
    const known = this.#old.get(name) ?? this.#lookUp(name, isNew);
    if (this.#young.size >= GENERATION) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(known.name, known);
    return known;
  }

  /** One that is said to be new is made at once. The name is copied: a part of a message keeps the whole message in memory. */
  #lookUp(part: string, isNew: boolean): Stream {
    const name = Buffer.from(part).toString();
    if (isNew) {
      const { changes, lastInsertRowid } = this.#run.createUnlessThere.run(name);
      if (changes === 1) return { name, id: Number(lastInsertRowid), revision: -1 };
    }
    this.#rows.insertRest();
    const row = this.#run.find.get(name);
    return row === undefined
      ? { name, id: 0, revision: -1 }
      : { name, id: Number(row['id']), revision: Number(row['revision']) };
  }
}

function part(parts: readonly string[], at: number): string {
  const text = parts[at];
  if (text === undefined) throw new Error(`a group of ${parts.length} parts has no part ${at}`);
  return text;
}

function appendsOf(parts: readonly string[]): readonly Append[] {
  const appends: Append[] = [];
  for (let at = 0; at < parts.length;) {
    const append = {
      stream: part(parts, at),
      expected: Number(parts[at + 1]),
      count: Number(parts[at + 2]),
      first: at + HEADER,
    };
    appends.push(append);
    at = append.first + append.count * PARTS_PER_EVENT;
  }
  return appends;
}
