import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
/** In the file's header, so that a foreign database is never deleted as an outdated read model. "Sync". */ const APPLICATION_ID = 0x53796e63;
/** The largest WAL kept after a checkpoint, in bytes. */ const JOURNAL_SIZE_LIMIT = 64 * 1024 * 1024;
/** How long another process may hold the file, in milliseconds: it blocks the loop, so it is short. */ const BUSY_TIMEOUT = 2_000;
/** Any change of tables, indices or logic gives another version: then the file is deleted and built again. */ const versionOf = ({ ddl, indexes, logic })=>createHash('sha256').update([
        ...ddl,
        ...indexes,
        String(logic)
    ].join('\n')).digest().readUInt32BE() >>> 1;
const pragma = (db, name)=>Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
export const removeFile = (path)=>{
    for (const suffix of [
        '',
        '-wal',
        '-shm',
        '-journal'
    ])rmSync(path + suffix, {
        force: true
    });
};
function configure(db) {
    // NORMAL can lose the last commits in a power cut, never tear one: the checkpoint in the same transaction goes back
    // with them, and the log gives them again.
    db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = ${JOURNAL_SIZE_LIMIT};
    PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000; PRAGMA busy_timeout = ${BUSY_TIMEOUT}`);
}
/**
 * Rows name users and their subscriptions: the file, and with it its -wal and -shm, is for its owner only. Without a folder
 * it is SQLite that says what it cannot open.
 */ function makePrivate(path) {
    if (path === ':memory:' || existsSync(path) || !existsSync(dirname(path))) return;
    closeSync(openSync(path, 'a', 0o600));
}
function create(path, layout) {
    makePrivate(path);
    const db = new DatabaseSync(path);
    db.exec('PRAGMA page_size = 8192');
    configure(db);
    db.exec('BEGIN IMMEDIATE');
    for (const sql of layout.ddl)db.exec(sql);
    db.exec(`CREATE TABLE checkpoint (id INTEGER PRIMARY KEY CHECK (id = 1), position INTEGER NOT NULL, indexed INTEGER NOT NULL,
      last_stream TEXT, last_revision INTEGER, last_position INTEGER, last_id TEXT);
    INSERT INTO checkpoint (id, position, indexed) VALUES (1, 0, 0);
    CREATE TABLE parked (projection TEXT NOT NULL, position INTEGER NOT NULL, event_id TEXT NOT NULL, event_type TEXT NOT NULL,
      stream TEXT NOT NULL, tenant TEXT NOT NULL, reason TEXT NOT NULL, at NUMERIC NOT NULL, PRIMARY KEY (position, projection)) WITHOUT ROWID;
    PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${versionOf(layout)}`);
    db.exec('COMMIT');
    return db;
}
/** By code, not by `instanceof`: it survives worker threads and duplicated realms. */ export const isSqliteError = (error)=>typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SQLITE_ERROR';
/** SQLITE_NOTADB and SQLITE_CORRUPT: the file is beyond reading. Anything else (locked, no permission) is the caller's. */ const isDamaged = (error)=>isSqliteError(error) && [
        11,
        26
    ].includes(Number(error.errcode) & 0xff);
/**
 * Loading an empty file: nothing is kept safe while it lasts, and the version stays 0 until {@link endLoad}, so that a
 * file whose load was cut off is deleted and begun again, whatever state it is in.
 */ export function beginLoad(db) {
    db.exec('PRAGMA user_version = 0; PRAGMA wal_checkpoint(TRUNCATE)');
    try {
        db.exec('PRAGMA journal_mode = MEMORY');
    } catch (error) {
        // Someone else has the file open: it stays in WAL mode, which is slower and no less right.
        if (!isSqliteError(error)) throw error;
    }
    db.exec('PRAGMA synchronous = OFF');
}
/** Makes a loaded file durable, then valid: in this order. */ export function endLoad(db, layout) {
    const path = db.location();
    if (path !== null) {
        const file = openSync(path, 'r+');
        try {
            fsyncSync(file);
        } finally{
            closeSync(file);
        }
    }
    configure(db);
    db.exec(`PRAGMA user_version = ${versionOf(layout)}`);
}
/** Opens the read model at a path to read it, if there is one of this version. */ export function openCurrent(path, layout) {
    if (!existsSync(path)) return undefined;
    const db = new DatabaseSync(path, {
        timeout: BUSY_TIMEOUT
    });
    if (pragma(db, 'application_id') === APPLICATION_ID && pragma(db, 'user_version') === versionOf(layout)) return db;
    db.close();
    return undefined;
}
/**
 * Puts a closed, complete file in the place of another. Leaving WAL mode needs the file for oneself: so a swap under a
 * process that still has it open fails, instead of leaving that process with a file that is no longer there.
 */ export function replaceFile(from, to) {
    const built = new DatabaseSync(from, {
        timeout: BUSY_TIMEOUT
    });
    built.exec('PRAGMA journal_mode = DELETE');
    built.close();
    if (existsSync(to)) {
        const live = new DatabaseSync(to, {
            timeout: BUSY_TIMEOUT
        });
        try {
            live.exec('PRAGMA journal_mode = DELETE');
        } finally{
            live.close();
        }
    }
    for (const suffix of [
        '-wal',
        '-shm',
        '-journal'
    ])rmSync(to + suffix, {
        force: true
    });
    renameSync(from, to);
}
/** Opens the read model at a path, or a new one where there is none, or one of another version, or a damaged one. */ export function openFile(path, layout) {
    let db;
    try {
        makePrivate(path);
        db = new DatabaseSync(path);
        const applicationId = pragma(db, 'application_id');
        const isEmpty = pragma(db, 'schema_version') === 0;
        if (!isEmpty && applicationId !== APPLICATION_ID) throw new Error(`${path} is a database of something else: it is left alone`);
        if (!isEmpty && pragma(db, 'user_version') === versionOf(layout)) {
            configure(db);
            return db;
        }
    } catch (error) {
        if (!isDamaged(error)) {
            db?.close();
            throw error;
        }
    }
    db?.close();
    if (path !== ':memory:') removeFile(path);
    return create(path, layout);
}

//# sourceMappingURL=read-model-file.js.map