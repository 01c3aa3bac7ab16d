import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { canonicalPath, createPrivateFile, syncFolder } from './files.js';
/** All pages in one step: a copy in several steps starts over whenever something was committed in between. */ const ALL_PAGES = 2 ** 31 - 1;
/**
 * Copies a log that is in use, to where there is no file yet: everything up to some commit, nothing after it. Runs on
 * a connection and a thread of its own; the WAL grows until it is done. The name appears when the copy is complete.
 */ export async function backUp(source, target) {
    const path = canonicalPath(target);
    if (existsSync(path)) throw new Error(`${path} exists: a backup overwrites nothing`);
    const partial = `${path}.partial`;
    const db = openSource(source);
    try {
        rmSync(partial, {
            force: true
        });
        createPrivateFile(partial);
        await backup(db, partial, {
            rate: ALL_PAGES
        });
        renameSync(partial, path);
        syncFolder(dirname(path));
    } catch (error) {
        rmSync(partial, {
            force: true
        });
        throw error;
    } finally{
        db.close();
    }
}
function openSource(path) {
    try {
        return new DatabaseSync(path, {
            readOnly: true,
            timeout: 2_000
        });
    } catch (error) {
        // SQLite does not say which of the two files it is.
        throw Object.assign(error, {
            path
        });
    }
}

//# sourceMappingURL=backup.js.map