/**
 * The writer: one thread, one connection, one transaction per group of appends. It runs beside the main thread so
 * that an fsync never delays a timer. Self-contained on purpose: under jest Node loads this file itself and strips its
 * types, which resolves no relative import.
 *
 * A group is all or nothing on disk, while each append in it succeeds or fails by itself: a wrong revision is found
 * before anything is written for that append, and an I/O error fails the whole group.
 */
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { crc32 } from 'node:zlib';

type EventText = { readonly id: string; readonly type: string; readonly data: string; readonly metadata: string };
type Append = { readonly n: number; readonly stream: string; readonly expected: number; readonly events: readonly EventText[] };
type Request =
  | { readonly kind: 'append'; readonly group: readonly Append[] }
  | { readonly kind: 'snapshot'; readonly n: number; readonly stream: string; readonly revision: number; readonly version: number; readonly state: string }
  | { readonly kind: 'checkpoint'; readonly n: number }
  | { readonly kind: 'close'; readonly n: number };
type Result =
  | { readonly n: number; readonly ok: true; readonly revision: number; readonly position: number; readonly repeated: boolean }
  | { readonly n: number; readonly ok: false; readonly code: string; readonly actual?: number; readonly message?: string };

type StreamHead = { id: number; revision: number };

const CACHED_STREAMS = 200_000;
const SQLITE_FULL = 13;

const { path } = workerData as { path: string };
const port = parentPort;
if (port === null) throw new Error('the writer runs as a worker thread');

const db = new DatabaseSync(path);
db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -65536');
const synchronous = (db.prepare('PRAGMA synchronous').get() as { synchronous: number }).synchronous;
const journal = (db.prepare('PRAGMA journal_mode').get() as { journal_mode: string }).journal_mode;
db.exec(`
  CREATE TABLE IF NOT EXISTS streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE IF NOT EXISTS events (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    id BLOB NOT NULL,
    type TEXT NOT NULL,
    data TEXT NOT NULL,
    metadata TEXT NOT NULL,
    checksum INTEGER NOT NULL,
    UNIQUE (stream, revision)
  );
  CREATE TABLE IF NOT EXISTS snapshots (
    name TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    version INTEGER NOT NULL,
    state TEXT NOT NULL,
    checksum INTEGER NOT NULL
  ) WITHOUT ROWID;
`);
const version = (db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
if (version === 0) db.exec('PRAGMA user_version = 1');

const findStream = db.prepare('SELECT id FROM streams WHERE name = ?');
const addStream = db.prepare('INSERT INTO streams (name) VALUES (?) RETURNING id');
const lastRevision = db.prepare('SELECT MAX(revision) AS revision FROM events WHERE stream = ?');
const insertEvent = db.prepare('INSERT INTO events (position, stream, revision, id, type, data, metadata, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
const eventAt = db.prepare('SELECT id, position FROM events WHERE stream = ? AND revision = ?');
const putSnapshot: StatementSync = db.prepare('INSERT OR REPLACE INTO snapshots (name, revision, version, state, checksum) VALUES (?, ?, ?, ?, ?)');

let position = (db.prepare('SELECT MAX(position) AS position FROM events').get() as { position: number | null }).position ?? 0;
const heads = new Map<string, StreamHead>();

function headOf(name: string): StreamHead | undefined {
  const known = heads.get(name);
  if (known !== undefined) return known;
  const row = findStream.get(name) as { id: number } | undefined;
  if (row === undefined) return undefined;
  const { revision } = lastRevision.get(row.id) as { revision: number | null };
  return remember(name, { id: row.id, revision: revision ?? -1 });
}

function remember(name: string, head: StreamHead): StreamHead {
  if (heads.size >= CACHED_STREAMS) {
    let drop = CACHED_STREAMS / 10;
    for (const oldest of heads.keys()) {
      heads.delete(oldest);
      drop -= 1;
      if (drop <= 0) break;
    }
  }
  heads.set(name, head);
  return head;
}

const idBytes = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');

function checksumOf(stream: string, revision: number, event: EventText): number {
  return crc32(event.metadata, crc32(event.data, crc32(`${stream}\n${revision}\n${event.id}\n${event.type}\n`)));
}

/** Whether exactly these events already stand at the expected place: then the append is a repeat of one that worked. */
function repeated(append: Append, head: StreamHead | undefined): Result | undefined {
  if (head === undefined || head.revision < append.expected + append.events.length) return undefined;
  let last = 0;
  for (const [index, event] of append.events.entries()) {
    const row = eventAt.get(head.id, append.expected + 1 + index) as { id: Uint8Array; position: number } | undefined;
    if (row === undefined || !idBytes(event.id).equals(Buffer.from(row.id))) return undefined;
    last = row.position;
  }
  return { n: append.n, ok: true, revision: append.expected + append.events.length, position: last, repeated: true };
}

function write(append: Append): Result {
  let head = headOf(append.stream);
  const actual = head?.revision ?? -1;
  if (actual !== append.expected) {
    return repeated(append, head) ?? { n: append.n, ok: false, code: 'wrong_expected_revision', actual };
  }
  head ??= remember(append.stream, { id: (addStream.get(append.stream) as { id: number }).id, revision: -1 });
  for (const event of append.events) {
    position += 1;
    head.revision += 1;
    insertEvent.run(position, head.id, head.revision, idBytes(event.id), event.type, event.data, event.metadata, checksumOf(append.stream, head.revision, event));
  }
  return { n: append.n, ok: true, revision: head.revision, position, repeated: false };
}

function failure(error: unknown): { readonly code: string; readonly message: string } {
  const { errcode, message } = error as { errcode?: number; message: string };
  // Extended codes carry the plain one in their low byte; a full disk may also show as an I/O error on write.
  const full = errcode !== undefined && ((errcode & 0xff) === SQLITE_FULL || /disk is full|no space/i.test(message));
  return { code: full ? 'storage_full' : 'store_unavailable', message };
}

function commit(group: readonly Append[]): readonly Result[] {
  const before = position;
  try {
    db.exec('BEGIN IMMEDIATE');
    const results = group.map(write);
    db.exec('COMMIT');
    return results;
  } catch (error) {
    // What was cached may be of the transaction that is no more.
    heads.clear();
    position = before;
    if (db.isTransaction) db.exec('ROLLBACK');
    const { code, message } = failure(error);
    return group.map(({ n }) => ({ n, ok: false, code, message }));
  }
}

function attempt(n: number, work: () => void): Result {
  try {
    work();
    return { n, ok: true, revision: 0, position: 0, repeated: false };
  } catch (error) {
    return { n, ok: false, ...failure(error) };
  }
}

function answer(request: Request): readonly Result[] {
  switch (request.kind) {
    case 'append':
      return commit(request.group);
    case 'snapshot': {
      const { n, stream, revision, version: shape, state } = request;
      return [attempt(n, () => putSnapshot.run(stream, revision, shape, state, crc32(state)))];
    }
    case 'checkpoint':
      return [attempt(request.n, () => db.exec('PRAGMA wal_checkpoint(TRUNCATE)'))];
    case 'close':
      return [
        attempt(request.n, () => {
          db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
          db.close();
        }),
      ];
  }
}

port.on('message', (request: Request) => {
  port.postMessage(answer(request));
  if (request.kind === 'close') port.close();
});
port.postMessage({ ready: true, synchronous, journal, version, position });
