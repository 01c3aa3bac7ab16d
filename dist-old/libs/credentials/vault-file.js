import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { VaultError } from './vault-error.js';
/** How long to wait for another process's write, in milliseconds. */ const BUSY_MS = 5_000;
/** A removed record keeps its row without a box: a version that was used once must never come back (see `write`). */ const SCHEMA = `
  CREATE TABLE IF NOT EXISTS credentials (
    tenant TEXT NOT NULL,
    connection TEXT NOT NULL,
    version INTEGER NOT NULL,
    key_id TEXT,
    nonce BLOB,
    box BLOB,
    PRIMARY KEY (tenant, connection)
  ) STRICT, WITHOUT ROWID`;
/**
 * Opens the vault's SQLite file, made with mode 0600 in a folder made with 0700. SQLite gives its WAL the same mode.
 * @throws {VaultError} unsafe_permissions: others may read the file or write to its folder.
 */ export function openVaultFile(path) {
    const folder = dirname(path);
    if (!existsSync(folder)) mkdirSync(folder, {
        recursive: true,
        mode: 0o700
    });
    refuse(folder, 0o022, 'others may write to the folder of the credential vault');
    if (existsSync(path)) refuse(path, 0o077, 'others may read the credential vault');
    else {
        closeSync(openSync(path, 'a', 0o600));
        chmodSync(path, 0o600);
    }
    const database = new DatabaseSync(path, {
        timeout: BUSY_MS
    });
    database.exec('PRAGMA journal_mode = WAL');
    // A rotated refresh token that is lost in a power cut cannot be had again.
    database.exec('PRAGMA synchronous = FULL');
    database.exec('PRAGMA secure_delete = ON');
    database.exec(SCHEMA);
    return database;
}
/** Whether a vault's file is there and has anything in it that only a key opens. */ export function holdsSecrets(path) {
    if (!existsSync(path)) return false;
    const database = new DatabaseSync(path, {
        timeout: BUSY_MS
    });
    try {
        const made = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'credentials'").get();
        if (made === undefined) return false;
        return database.prepare('SELECT 1 FROM credentials WHERE box IS NOT NULL').get() !== undefined;
    } finally{
        database.close();
    }
}
function refuse(path, forbidden, why) {
    if ((statSync(path).mode & forbidden) !== 0) {
        throw new VaultError('unsafe_permissions', `${why}: restrict ${path} to the user that runs this process`);
    }
}

//# sourceMappingURL=vault-file.js.map