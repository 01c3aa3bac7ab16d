// The writer's thread, so that an fsync never holds up the timer's. Node loads this file as it stands (from TypeScript,
// types are erased), where './x.js' does not find './x.ts': so its parts are loaded by their own extension, and static
// imports are of types and of node: only.
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
/**
 * Milliseconds without a commit after which the WAL is moved into the file: shorter than a second, for schedules are due
 * at whole ones, and moving it must be over by the next.
 */ const IDLE = 250;
/** Fewer events than this stay in the WAL: the first commit into a WAL that begins anew syncs it twice. */ const WORTH_MOVING = 500;
const NO_SPACE_LEFT = 1024 * 1024;
const sqlite = {
    busy: 5,
    ioError: 10,
    corrupt: 11,
    full: 13,
    notADatabase: 26,
    fsync: 1034,
    directoryFsync: 1290
};
async function load(name) {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    return await import(new URL(`${name}.${extension}`, import.meta.url).href);
}
/** A failed fsync leaves the outcome open, whatever its reason: it never counts as "nothing was stored". */ function refusalOf(error, path) {
    const { errcode, code, message, partly } = error;
    const primary = (errcode ?? 0) & 0xff;
    const refused = (code, fatal)=>({
            kind: 'refused',
            code,
            message: String(message),
            fatal
        });
    // Some of it is stored: whoever waits is told that nobody knows, and the next thread says how far the log goes.
    if (partly === true) return refused('store_unavailable', true);
    if (primary === sqlite.full) return refused('storage_full', false);
    if (primary === sqlite.busy) return refused('store_unavailable', false);
    if (primary === sqlite.corrupt || primary === sqlite.notADatabase) return refused('corrupt_event', true);
    if (code === 'store_unsafe' || code === 'corrupt_event') return refused(code, true);
    const isSync = errcode === sqlite.fsync || errcode === sqlite.directoryFsync;
    if (primary === sqlite.ioError && !isSync && isFull(path)) return refused('storage_full', false);
    return refused('store_unavailable', true);
}
function isFull(path) {
    try {
        const { bavail, bsize } = statfsSync(dirname(path));
        return bavail * bsize < NO_SPACE_LEFT;
    } catch  {
        return false;
    }
}
let WriterThread = class WriterThread {
    #path;
    #db;
    #file;
    #groups;
    #idle;
    /** Given once, it holds for whatever comes after: somebody else may write to the file by then. */ #fatal;
    /** Up to where the WAL was moved. */ #moved;
    constructor(path, db, groups, file){
        this.#path = path;
        this.#db = db;
        this.#groups = groups;
        this.#file = file;
        this.#moved = groups.head;
    }
    answer(group) {
        if (this.#fatal !== undefined) return this.#fatal;
        try {
            const answers = this.#groups.commit(group);
            this.#whenIdle();
            return {
                kind: 'committed',
                answers
            };
        } catch (error) {
            const refusal = refusalOf(error, this.#path);
            if (refusal.fatal) this.#fatal = refusal;
            return refusal;
        }
    }
    close() {
        clearTimeout(this.#idle);
        this.#tidy(this.#file.emptyWal);
        this.#db.close();
    }
    #whenIdle() {
        if (this.#idle !== undefined) return void this.#idle.refresh();
        this.#idle = setTimeout(()=>{
            if (this.#groups.head - this.#moved >= WORTH_MOVING) this.#tidy(this.#file.copyWal);
        }, IDLE);
    }
    /** Nobody waits for it, and what it could not do (a full disk) the next one does. */ #tidy(move) {
        try {
            move(this.#db);
            this.#moved = this.#groups.head;
        } catch  {
            this.#idle?.refresh();
        }
    }
};
async function main(port, { path, checkUpTo }) {
    const answer = (message)=>port.postMessage(message);
    try {
        const file = await load('./log-file');
        const { GroupCommit } = await load('./group-commit');
        const { EventRows } = await load('./event-rows');
        const format = await load('./row-format');
        const db = file.openLog(path, checkUpTo);
        const groups = new GroupCommit(db, format, new EventRows(db, format));
        const thread = new WriterThread(path, db, groups, file);
        port.on('message', (request)=>{
            if (request.kind === 'commit') return answer(thread.answer(request));
            thread.close();
            port.close();
        });
        answer({
            kind: 'ready',
            head: groups.head
        });
    } catch (error) {
        answer(refusalOf(error, path));
    }
}
if (parentPort !== null) await main(parentPort, workerData);

//# sourceMappingURL=writer-thread.js.map