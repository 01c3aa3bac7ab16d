// Loaded by the writer's thread as it stands, without a build: only node: imports, only erasable types.
import { DatabaseSync } from 'node:sqlite';
/** In the file's header, so that a foreign database is never written to. "Synl". */ const APPLICATION_ID = 0x53796e6c;
const SCHEMA_VERSION = 1;
/** Earlier versions can corrupt a database in WAL mode: https://www.sqlite.org/wal.html#walresetbug */ const OLDEST_SQLITE = [
    3,
    51,
    3
];
const SYNCHRONOUS_FULL = 2;
/** Pages in the WAL before a commit moves them into the file, and bytes of WAL kept afterwards. */ const CHECKPOINT_PAGES = 2_000;
const WAL_BYTES_KEPT = 32 * 1024 * 1024;
const schema = `
  CREATE TABLE streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE events (
    position INTEGER PRIMARY KEY, stream_id INTEGER NOT NULL, revision INTEGER NOT NULL, id BLOB NOT NULL, type TEXT NOT NULL,
    data TEXT NOT NULL, metadata TEXT NOT NULL, checksum INTEGER NOT NULL, UNIQUE (stream_id, revision));
  CREATE TABLE snapshots (
    stream_id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, version INTEGER NOT NULL, state TEXT NOT NULL, checksum INTEGER NOT NULL);
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${SCHEMA_VERSION};`;
/** `code` is one of the port's; the port's own error class cannot be loaded here. */ let UnsafeLog = class UnsafeLog extends Error {
    constructor(code, message){
        super(message);
        this.code = code;
    }
};
const unsafe = (why)=>new UnsafeLog('store_unsafe', why);
const pragma = (db, text)=>Object.values(db.prepare(`PRAGMA ${text}`).get() ?? {})[0];
/** Opens the log for writing, or makes a new one, and proves that what it acknowledges will be durable. */ export function openLog(path, checkUpTo) {
    const db = new DatabaseSync(path, {
        timeout: 2_000
    });
    try {
        assertSqliteVersion(db);
        const isNew = assertOurs(db, path);
        // Before WAL mode, which fixes it: events of a few hundred bytes leave less unused at the end of a larger page.
        if (isNew) db.exec('PRAGMA page_size = 8192');
        makeDurable(db);
        if (isNew) db.exec(`BEGIN IMMEDIATE; ${schema} COMMIT`);
        else if (Number(pragma(db, 'page_count')) * Number(pragma(db, 'page_size')) <= checkUpTo) assertIntact(db, path);
        return db;
    } catch (error) {
        db.close();
        throw error;
    }
}
function assertSqliteVersion(db) {
    const version = String(db.prepare('SELECT sqlite_version() AS version').get()?.['version']);
    const parts = version.split('.').map(Number);
    for (const [index, oldest] of OLDEST_SQLITE.entries()){
        const part = parts[index] ?? 0;
        if (part > oldest) return;
        if (part < oldest) throw unsafe(`SQLite ${version} can corrupt the event log; ${OLDEST_SQLITE.join('.')} is the oldest that is safe`);
    }
}
/** True for an empty file. */ function assertOurs(db, path) {
    const version = Number(pragma(db, 'user_version'));
    const application = pragma(db, 'application_id');
    if (application === 0 && version === 0 && Number(pragma(db, 'schema_version')) === 0) return true;
    if (application !== APPLICATION_ID) throw unsafe(`${path} is a database of something else: it is left alone`);
    if (version > SCHEMA_VERSION) {
        throw unsafe(`${path} was written by a newer release (format ${version}; this one knows ${SCHEMA_VERSION}): upgrade, or restore a backup`);
    }
    if (version < SCHEMA_VERSION) throw unsafe(`${path} is of format ${version}, which was never released`);
    return false;
}
/** Whoever opens the file next gets the build's default, often NORMAL: so it is set, and read back, on every open. */ function makeDurable(db) {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON');
    db.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}; PRAGMA journal_size_limit = ${WAL_BYTES_KEPT}; PRAGMA cache_size = -65536`);
    const mode = pragma(db, 'journal_mode');
    const synchronous = pragma(db, 'synchronous');
    if (mode !== 'wal') throw unsafe(`the event log needs journal_mode WAL, this file system gives ${String(mode)}`);
    if (synchronous !== SYNCHRONOUS_FULL) throw unsafe(`the event log needs synchronous FULL (2), it is ${String(synchronous)}`);
}
/** Indices against rows too: a damaged index entry hides an event without changing one. */ function assertIntact(db, path) {
    const found = pragma(db, 'integrity_check(1)');
    if (found !== 'ok') throw new UnsafeLog('corrupt_event', `${path} is damaged: ${String(found)}`);
}
/** Moves the WAL into the file and empties it; a reader in the way only puts it off. */ export const emptyWal = (db)=>db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
/**
 * The same, but the WAL keeps its length and is written over from its beginning: a sync of a file that does not grow
 * takes half as long.
 */ export const copyWal = (db)=>db.exec('PRAGMA wal_checkpoint(PASSIVE)');

//# sourceMappingURL=log-file.js.map