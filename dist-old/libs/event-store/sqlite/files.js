import { closeSync, chmodSync, existsSync, fsyncSync, mkdirSync, openSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
/** Events name users and their subscriptions: nobody but the service's own account reads them. */ const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;
/** So that a power cut cannot take back the name of a new file. */ export function syncFolder(folder) {
    const handle = openSync(folder, 'r');
    try {
        fsyncSync(handle);
    } finally{
        closeSync(handle);
    }
}
/** True when the file is new. SQLite gives its -wal and -shm the mode of the database. */ export function createPrivateFile(path) {
    try {
        // 'wx': an existing file is not opened, because closing any handle of a file drops all its locks in this process.
        closeSync(openSync(path, 'wx', FILE_MODE));
        return true;
    } catch (error) {
        if (error.code !== 'EEXIST') throw error;
        chmodSync(path, FILE_MODE);
        return false;
    }
}
/** The one true path of a log, so that a symbolic link cannot open it twice; its folder is made where there is none. */ export function canonicalPath(path) {
    const folder = dirname(resolve(path));
    const made = mkdirSync(folder, {
        recursive: true,
        mode: FOLDER_MODE
    });
    if (made !== undefined) syncFolder(dirname(made));
    const file = join(realpathSync(folder), basename(path));
    return existsSync(file) ? realpathSync(file) : file;
}
/** 0 where there is no file. */ export const sizeOf = (path)=>statSync(path, {
        throwIfNoEntry: false
    })?.size ?? 0;

//# sourceMappingURL=files.js.map