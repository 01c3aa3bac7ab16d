import { DatabaseSync } from 'node:sqlite';
import { storeInUse } from '../port/index.js';
import { createPrivateFile } from './files.js';
const BUSY = 5;
/**
 * An exclusive SQLite lock on `<path>.lock`: the operating system takes it back when the process dies, however it dies,
 * and SQLite keeps it apart within a process too. The file stays: deleting it would let two openers lock two files.
 * @throws {StoreInUse}
 */ export function lockFile(path) {
    const lock = `${path}.lock`;
    createPrivateFile(lock);
    let db;
    try {
        db = new DatabaseSync(lock, {
            timeout: 0
        });
        db.exec('BEGIN EXCLUSIVE');
    } catch (error) {
        db?.close();
        if ((Number(error.errcode) & 0xff) === BUSY) throw storeInUse(path);
        // SQLite does not say which file it is that cannot be had.
        throw Object.assign(error, {
            path: lock
        });
    }
    const held = db;
    return {
        release: ()=>held.close()
    };
}

//# sourceMappingURL=file-lock.js.map