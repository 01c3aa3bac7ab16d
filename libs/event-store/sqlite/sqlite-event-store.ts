import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Feed } from '#lib/event-store/feed';
import {
  eventTooLarge,
  MAX_EVENT_BYTES,
  storeUnavailable,
  storeUnsafe,
  type Appended,
  type Batch,
  type EventStore,
  type NewEvent,
  type ReadStreamOptions,
  type RecordedEvent,
  type Snapshot,
  type StreamFilter,
  type SubscribeOptions,
} from '#lib/event-store/port';
import { lockFile } from './file-lock.js';
import { Reader } from './reader.js';
import { Writer } from './writer.js';

export type SqliteStoreOptions = { readonly path: string };

export type StoreDiagnostics = { readonly commits: number; readonly events: number; readonly averageGroup: number; readonly walBytes: number; readonly fileBytes: number };

/** The first version without the WAL-reset bug (sqlite.org/wal.html#walresetbug). */
const OLDEST_SQLITE = [3, 51, 3] as const;

/** The event log in one SQLite file: see docs/decisions/0003 for how it is used and why. */
export class SqliteEventStore implements EventStore {
  readonly #feed: Feed;
  #closing: Promise<void> | undefined;

  constructor(
    private readonly path: string,
    private readonly writer: Writer,
    private readonly reader: Reader,
    private readonly lock: { release(): void },
  ) {
    this.#feed = new Feed({ readAll: (after, limit, filter) => this.readAll(after, limit, filter) }, writer.position);
  }

  async append(stream: string, expected: number, events: readonly NewEvent[]): Promise<Appended> {
    this.#assertOpen();
    if (events.length === 0) throw new Error('an append needs at least one event');
    const written = await this.writer.append({ stream, expected, events: events.map(asText) });
    const { revision, position } = written;
    if (!written.repeated) {
      const firstRevision = revision - events.length + 1;
      const firstPosition = position - events.length + 1;
      this.#feed.publish(events.map((event, index) => ({ ...event, stream, revision: firstRevision + index, position: firstPosition + index })));
    }
    return { revision, position };
  }

  async readStream(stream: string, options: ReadStreamOptions = {}): Promise<readonly RecordedEvent[]> {
    this.#assertOpen();
    return this.reader.stream(stream, options);
  }

  async readAll(after: number, limit: number, filter?: StreamFilter): Promise<readonly RecordedEvent[]> {
    this.#assertOpen();
    return this.reader.all(after, limit, filter);
  }

  async head(): Promise<number> {
    this.#assertOpen();
    return this.#feed.head;
  }

  subscribe(options: SubscribeOptions): AsyncIterable<Batch> {
    return this.#feed.subscribe(options);
  }

  async readSnapshot(stream: string): Promise<Snapshot | undefined> {
    this.#assertOpen();
    return this.reader.snapshot(stream);
  }

  async writeSnapshot(stream: string, { revision, version, state }: Snapshot): Promise<void> {
    this.#assertOpen();
    await this.writer.snapshot(stream, { revision, version, state: JSON.stringify(state) });
  }

  /** A consistent copy of the log as it is now, while it goes on being written. The file must not exist yet. */
  backup(path: string): void {
    this.#assertOpen();
    this.reader.backup(path);
  }

  diagnostics(): StoreDiagnostics {
    const { commits, events } = this.writer;
    const size = (file: string): number => (existsSync(file) ? statSync(file).size : 0);
    return { commits, events, averageGroup: commits === 0 ? 0 : events / commits, walBytes: size(`${this.path}-wal`), fileBytes: size(this.path) };
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#feed.close(storeUnavailable('it is closed'));
    await this.writer.close();
    this.reader.close();
    this.lock.release();
  }

  #assertOpen(): void {
    if (this.#closing !== undefined) throw storeUnavailable('it is closed');
  }
}

function asText({ id, type, data, metadata }: NewEvent): { readonly id: string; readonly type: string; readonly data: string; readonly metadata: string } {
  const text = { id: id.toLowerCase(), type, data: JSON.stringify(data), metadata: JSON.stringify(metadata) };
  // Most events are far below the limit even if every character took three bytes: count bytes only near it.
  const characters = text.data.length + text.metadata.length;
  if (characters * 3 > MAX_EVENT_BYTES) {
    const bytes = Buffer.byteLength(text.data) + Buffer.byteLength(text.metadata);
    if (bytes > MAX_EVENT_BYTES) throw eventTooLarge(type, bytes, MAX_EVENT_BYTES);
  }
  return text;
}

function assertVersion(): void {
  const db = new DatabaseSync(':memory:');
  const { version } = db.prepare('SELECT sqlite_version() AS version').get() as { version: string };
  db.close();
  const parts = version.split('.').map(Number);
  for (const [index, least] of OLDEST_SQLITE.entries()) {
    const part = parts[index] ?? 0;
    if (part > least) return;
    if (part < least) throw storeUnsafe(`SQLite ${version} may corrupt a WAL; ${OLDEST_SQLITE.join('.')} or newer is needed`);
  }
}

/** Opens the log, making it and its folder where they do not exist: readable by their owner only. */
export async function openSqliteEventStore({ path }: SqliteStoreOptions): Promise<SqliteEventStore> {
  assertVersion();
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const lock = lockFile(path);
  try {
    if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
    chmodSync(path, 0o600);
    const writer = await Writer.open(path);
    return new SqliteEventStore(path, writer, new Reader(path), lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}
