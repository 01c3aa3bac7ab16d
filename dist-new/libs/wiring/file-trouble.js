import { isEventStoreError, EventStoreError } from '#lib/event-store/port';
import { ConfigurationError } from './config.js';
/** SQLite's primary result codes, https://www.sqlite.org/rescode.html, and the system's own, by what is to be done. */ const denied = new Set([
    3,
    8,
    14,
    23,
    'EACCES',
    'EPERM',
    'EROFS',
    'ENOTDIR',
    'EEXIST',
    'EISDIR'
]);
const full = new Set([
    13,
    'ENOSPC',
    'EDQUOT'
]);
const damaged = new Set([
    11,
    26
]);
const DATA_FOLDER = 'the folder that SYNCOPATE_DATA names';
const user = ()=>process.getuid === undefined ? '' : ` (uid ${process.getuid()})`;
/**
 * What was thrown when a file could not be opened or made, in words for whoever runs the service: which file, why, and
 * what helps. Whatever is no matter of files is given back as it is.
 */ export function fileTrouble(thrown, file, place = {}) {
    if (typeof thrown !== 'object' || thrown === null || thrown instanceof ConfigurationError) return thrown;
    // Not by `instanceof`: the driver's errors may be of another realm, or of another thread.
    const { code, errcode, path, message } = thrown;
    const { folder = DATA_FOLDER, cure = 'put a backup of it in its place' } = place;
    const known = typeof errcode === 'number' ? errcode & 0xff : code;
    const where = typeof path === 'string' ? path : file;
    if (denied.has(known)) return new ConfigurationError(`${where} cannot be opened or made (${message}): ${folder}, and all in it, must belong to the user that runs this${user()} and be writable to it; a folder of data has mode 700`);
    if (full.has(known)) return new ConfigurationError(`${where}: the disk under ${folder} is full (${message}): make room there`);
    if (damaged.has(known)) return new ConfigurationError(`${where} is damaged, or no database at all (${message}): ${cure}`);
    return typeof errcode === 'number' || typeof path === 'string' ? new ConfigurationError(`${where} cannot be opened: ${message}`) : thrown;
}
/** Opens a file, or says what is wrong with it. @throws {ConfigurationError} see {@link fileTrouble} */ export function opening(file, open, place) {
    try {
        return open();
    } catch (error) {
        throw fileTrouble(error, file, place);
    }
}
/** The same of what is opened by and by. */ export const openingSlowly = (file, open, place)=>open().catch((error)=>{
        throw fileTrouble(error, file, place);
    });
/** A log, whose own words for what is wrong with it do not say where it is. */ export const openingLog = (file, open)=>openingSlowly(file, open).catch((error)=>{
        if (!isEventStoreError(error) || error.message.includes(file)) throw error;
        throw new EventStoreError(error.code, `${file}: ${error.message}`, error.details);
    });

//# sourceMappingURL=file-trouble.js.map