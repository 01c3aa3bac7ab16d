import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { corruptEvent, type EventMetadata, type ReadStreamOptions, type RecordedEvent, type Snapshot, type StreamFilter } from '#lib/event-store/port';

type Row = {
  readonly position: number;
  readonly name: string;
  readonly revision: number;
  readonly id: Uint8Array;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
  readonly checksum: number;
};

const columns = 'e.position, s.name, e.revision, e.id, e.type, e.data, e.metadata, e.checksum';
const LARGEST_POSITION = Number.MAX_SAFE_INTEGER;

/**
 * The main thread's own connection, for reading only. Every read is one short statement whose rows are all fetched:
 * a cursor left open would keep the WAL from being reset. Each event is checked against its checksum.
 */
export class Reader {
  readonly #db: DatabaseSync;
  readonly #forwards: StatementSync;
  readonly #backwards: StatementSync;
  readonly #all: StatementSync;
  readonly #snapshot: StatementSync;

  constructor(path: string) {
    this.#db = new DatabaseSync(path, { readOnly: true });
    this.#db.exec('PRAGMA mmap_size = 268435456; PRAGMA cache_size = -32768');
    const ofStream = `SELECT ${columns} FROM streams s JOIN events e ON e.stream = s.id WHERE s.name = ?`;
    this.#forwards = this.#db.prepare(`${ofStream} AND e.revision >= ? ORDER BY e.revision LIMIT ?`);
    this.#backwards = this.#db.prepare(`${ofStream} AND e.revision <= ? ORDER BY e.revision DESC LIMIT ?`);
    this.#all = this.#db.prepare(`SELECT ${columns} FROM events e JOIN streams s ON s.id = e.stream WHERE e.position > ? ORDER BY e.position LIMIT ?`);
    this.#snapshot = this.#db.prepare('SELECT revision, version, state, checksum FROM snapshots WHERE name = ?');
  }

  stream(name: string, { from, limit = LARGEST_POSITION, backwards = false }: ReadStreamOptions): readonly RecordedEvent[] {
    const rows = backwards ? this.#backwards.all(name, from ?? LARGEST_POSITION, limit) : this.#forwards.all(name, from ?? 0, limit);
    return (rows as unknown as Row[]).map(recorded);
  }

  /** With a filter, pages until `limit` events match or the log ends: events of others are skipped, not answered. */
  all(after: number, limit: number, filter: StreamFilter | undefined): readonly RecordedEvent[] {
    const wanted = filter?.prefixes ?? [];
    const found: RecordedEvent[] = [];
    for (let position = after; found.length < limit; ) {
      const rows = this.#all.all(position, limit - found.length) as unknown as Row[];
      for (const row of rows) {
        if (wanted.length === 0 || wanted.some((prefix) => row.name.startsWith(prefix))) found.push(recorded(row));
      }
      const last = rows.at(-1);
      if (last === undefined) break;
      position = last.position;
    }
    return found;
  }

  /** A snapshot that does not match its checksum is left unread: the events are still there. */
  snapshot(name: string): Snapshot | undefined {
    const row = this.#snapshot.get(name) as { revision: number; version: number; state: string; checksum: number } | undefined;
    if (row === undefined || crc32(row.state) !== row.checksum) return undefined;
    return { revision: row.revision, version: row.version, state: JSON.parse(row.state) as object };
  }

  backup(path: string): void {
    this.#db.prepare('VACUUM INTO ?').run(path);
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close();
  }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');

function uuid(bytes: Uint8Array): string {
  const text = hex(bytes);
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`;
}

function recorded(row: Row): RecordedEvent {
  const { position, name, revision, type, data, metadata, checksum } = row;
  const id = uuid(row.id);
  if (crc32(metadata, crc32(data, crc32(`${name}\n${revision}\n${id}\n${type}\n`))) !== checksum) throw corruptEvent(name, revision, position);
  return { stream: name, revision, position, id, type, data: JSON.parse(data) as object, metadata: JSON.parse(metadata) as EventMetadata };
}
