import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  checkAppend,
  checkName,
  encodeEvent,
  Feed,
  follow,
  keeping,
  type Keep,
  type Page,
  type RecentLimits,
} from '../feed/index.js';
import {
  storeUnavailable,
  type Appended,
  type Batch,
  type EventStore,
  type NewEvent,
  type ReadStreamOptions,
  type RecordedEvent,
  type Snapshot,
  type StreamFilter,
  type SubscribeOptions,
} from '../port/index.js';
import { backUp } from './backup.js';
import { EncodedEvent } from './encoded-event.js';
import { lockFile, type FileLock } from './file-lock.js';
import { canonicalPath, createPrivateFile, sizeOf, syncFolder } from './files.js';
import { readFailure } from './failures.js';
import { Reader } from './reader.js';
import { spawnWriter, Writer, type SpawnWriter } from './writer.js';

/** Rows read in one go: a few milliseconds of this thread. */
const PAGE_ROWS = 1_000;
const CHECK_UP_TO = 16 * 1024 * 1024;

export type SqliteEventStoreOptions = {
  /** The database file; its folder is made where there is none. */
  readonly path: string;
  /** Refuse a log that somebody else has open. Default true; only a process that cannot meet another goes without. */
  readonly lock?: boolean;
  /** Files up to so many bytes are checked as a whole on opening, indices too. Default 16 MiB, about 50 ms. */
  readonly checkUpTo?: number;
  /** How much a subscriber may lag before it is served from the file. */
  readonly recent?: RecentLimits;
};

export type SqliteDiagnostics = {
  readonly commits: number;
  readonly events: number;
  /** Events per commit. */
  readonly averageGroup: number;
  readonly walBytes: number;
  readonly fileBytes: number;
};

/**
 * Opens the log at a path.
 * @throws {StoreInUse} another process, or another store of this one, has it open. {@link StoreUnsafe} the file is of a
 *   newer release or of something else, or the platform cannot keep it safe. {@link CorruptEvent} it is damaged.
 */
export async function openSqliteEventStore(
  options: SqliteEventStoreOptions,
  spawn: SpawnWriter = spawnWriter,
): Promise<SqliteEventStore> {
  const path = canonicalPath(options.path);
  const lock = options.lock === false ? undefined : lockFile(path);
  try {
    if (createPrivateFile(path)) syncFolder(dirname(path));
    const feed = new Feed(0, options.recent);
    const writer = await Writer.open(
      { path, checkUpTo: options.checkUpTo ?? CHECK_UP_TO },
      { committed: (events) => feed.publish(events), found: (head) => feed.jump(head) },
      spawn,
    );
    return new SqliteEventStore(path, { writer, feed, lock, reader: await readerBeside(writer, path) });
  } catch (error) {
    lock?.release();
    throw error;
  }
}

async function readerBeside(writer: Writer, path: string): Promise<Reader> {
  try {
    return new Reader(path);
  } catch (error) {
    await writer.close();
    throw readFailure(error);
  }
}

type Parts = {
  readonly writer: Writer;
  readonly feed: Feed;
  readonly reader: Reader;
  readonly lock: FileLock | undefined;
};

/**
 * Writes go to a thread of their own, reads are short and on this one. What is committed reaches subscribers from
 * memory, without being read back.
 */
export class SqliteEventStore implements EventStore {
  readonly #writer: Writer;
  readonly #feed: Feed;
  readonly #lock: FileLock | undefined;
  readonly #reader: Reader;
  #closing: Promise<void> | undefined;

  constructor(
    readonly path: string,
    { writer, feed, reader, lock }: Parts,
  ) {
    this.#writer = writer;
    this.#feed = feed;
    this.#lock = lock;
    this.#reader = reader;
  }

  append(stream: string, expected: number, events: readonly NewEvent[]): Promise<Appended> {
    return new Promise((resolve, reject) => {
      checkAppend(stream, expected, events);
      const encoded = events.map(
        (event, index) => new EncodedEvent(event, stream, expected + 1 + index, encodeEvent(event)),
      );
      this.#writer.append({ stream, expected, events: encoded, resolve, reject });
    });
  }

  async readStream(stream: string, options: ReadStreamOptions = {}): Promise<readonly RecordedEvent[]> {
    const { backwards = false, limit = Infinity } = options;
    const step = backwards ? -1 : 1;
    let from = options.from ?? (backwards ? Number.MAX_SAFE_INTEGER : 0);
    const events: RecordedEvent[] = [];
    while (events.length < limit && from >= 0) {
      this.#assertOpen();
      const rows = Math.min(PAGE_ROWS, limit - events.length);
      const page = this.#reader.stream(stream, from, rows, backwards);
      events.push(...page);
      const last = page.at(-1);
      if (last === undefined || page.length < rows) break;
      from = last.revision + step;
      if (events.length < limit) await setImmediate();
    }
    return events;
  }

  async readAll(after: number, limit: number, filter?: StreamFilter): Promise<readonly RecordedEvent[]> {
    const keep = keeping(filter);
    const events: RecordedEvent[] = [];
    const upTo = this.#feed.head;
    for (let position = after; position < upTo && events.length < limit;) {
      this.#assertOpen();
      const page = this.#reader.page(
        { after: position, upTo, rows: PAGE_ROWS, limit: limit - events.length },
        keep,
      );
      events.push(...page.events);
      position = page.position;
      if (position < upTo && events.length < limit) await setImmediate();
    }
    return events;
  }

  async head(): Promise<number> {
    this.#assertOpen();
    return this.#feed.head;
  }

  subscribe(options: SubscribeOptions): AsyncIterable<Batch> {
    return follow(this.#feed, (...range) => this.#pageOfFile(...range), options);
  }

  /** Calls back with the log's head whenever it moved; for threads that read the file themselves. Returns the cancel. */
  onHead(listener: (head: number) => void): () => void {
    return this.#feed.onChange(() => listener(this.#feed.head));
  }

  async readSnapshot(stream: string): Promise<Snapshot | undefined> {
    this.#assertOpen();
    return this.#reader.snapshot(stream);
  }

  writeSnapshot(stream: string, { revision, version, state }: Snapshot): Promise<void> {
    return new Promise((resolve, reject) => {
      checkName('stream', stream);
      this.#writer.writeSnapshot({
        parts: [stream, String(revision), String(version), JSON.stringify(state)],
        resolve,
        reject,
      });
    });
  }

  /** A consistent copy while the log is in use, at a path where there is no file yet. */
  backup(path: string): Promise<void> {
    return backUp(this.path, path);
  }

  diagnostics(): SqliteDiagnostics {
    const { commits, events } = this.#writer;
    const averageGroup = commits === 0 ? 0 : events / commits;
    return {
      commits,
      events,
      averageGroup,
      walBytes: sizeOf(`${this.path}-wal`),
      fileBytes: sizeOf(this.path),
    };
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    try {
      await this.#writer.close();
    } finally {
      this.#feed.close(storeUnavailable('it is closed'));
      this.#reader.close();
      this.#lock?.release();
    }
  }

  #assertOpen(): void {
    if (this.#feed.closed !== undefined) throw this.#feed.closed;
  }

  /** A reader that is far behind asks again at once: the pause in between keeps it from holding up timers. */
  async #pageOfFile(after: number, upTo: number, limit: number, keep: Keep): Promise<Page> {
    await setImmediate();
    this.#assertOpen();
    // No more rows than are asked for: what does not fit is read again for the page after.
    return this.#reader.page({ after, upTo, rows: Math.min(PAGE_ROWS, limit), limit }, keep);
  }
}
