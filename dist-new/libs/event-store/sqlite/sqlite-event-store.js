import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { checkAppend, checkName, encodeEvent, Feed, follow, keeping } from '../feed/index.js';
import { storeUnavailable } from '../port/index.js';
import { backUp } from './backup.js';
import { EncodedEvent } from './encoded-event.js';
import { lockFile } from './file-lock.js';
import { canonicalPath, createPrivateFile, sizeOf, syncFolder } from './files.js';
import { readFailure } from './failures.js';
import { Reader } from './reader.js';
import { spawnWriter, Writer } from './writer.js';
/** Rows read in one go: a few milliseconds of this thread. */ const PAGE_ROWS = 1_000;
const CHECK_UP_TO = 16 * 1024 * 1024;
/**
 * Opens the log at a path.
 * @throws {StoreInUse} another process, or another store of this one, has it open. {@link StoreUnsafe} the file is of a
 *   newer release or of something else, or the platform cannot keep it safe. {@link CorruptEvent} it is damaged.
 */ export async function openSqliteEventStore(options, spawn = spawnWriter) {
    const path = canonicalPath(options.path);
    const lock = options.lock === false ? undefined : lockFile(path);
    try {
        if (createPrivateFile(path)) syncFolder(dirname(path));
        const feed = new Feed(0, options.recent);
        const writer = await Writer.open({
            path,
            checkUpTo: options.checkUpTo ?? CHECK_UP_TO
        }, {
            committed: (events)=>feed.publish(events),
            found: (head)=>feed.jump(head)
        }, spawn);
        return new SqliteEventStore(path, {
            writer,
            feed,
            lock,
            reader: await readerBeside(writer, path)
        });
    } catch (error) {
        lock?.release();
        throw error;
    }
}
async function readerBeside(writer, path) {
    try {
        return new Reader(path);
    } catch (error) {
        await writer.close();
        throw readFailure(error);
    }
}
/**
 * Writes go to a thread of their own, reads are short and on this one. What is committed reaches subscribers from
 * memory, without being read back.
 */ export class SqliteEventStore {
    #writer;
    #feed;
    #lock;
    #reader;
    #closing;
    constructor(path, { writer, feed, reader, lock }){
        this.path = path;
        this.#writer = writer;
        this.#feed = feed;
        this.#lock = lock;
        this.#reader = reader;
    }
    append(stream, expected, events) {
        return new Promise((resolve, reject)=>{
            checkAppend(stream, expected, events);
            const encoded = events.map((event, index)=>new EncodedEvent(event, stream, expected + 1 + index, encodeEvent(event)));
            this.#writer.append({
                stream,
                expected,
                events: encoded,
                resolve,
                reject
            });
        });
    }
    async readStream(stream, options = {}) {
        const { backwards = false, limit = Infinity } = options;
        const step = backwards ? -1 : 1;
        let from = options.from ?? (backwards ? Number.MAX_SAFE_INTEGER : 0);
        const events = [];
        while(events.length < limit && from >= 0){
            this.#assertOpen();
            const rows = Math.min(PAGE_ROWS, limit - events.length);
            const page = this.#reader.stream(stream, from, rows, backwards);
            events.push(...page);
            const last = page.at(-1);
            if (last === undefined || page.length < rows) break;
            from = last.revision + step;
            if (events.length < limit) await setImmediate();
        }
        return events;
    }
    async readAll(after, limit, filter) {
        const keep = keeping(filter);
        const events = [];
        const upTo = this.#feed.head;
        for(let position = after; position < upTo && events.length < limit;){
            this.#assertOpen();
            const page = this.#reader.page({
                after: position,
                upTo,
                rows: PAGE_ROWS,
                limit: limit - events.length
            }, keep);
            events.push(...page.events);
            position = page.position;
            if (position < upTo && events.length < limit) await setImmediate();
        }
        return events;
    }
    async head() {
        this.#assertOpen();
        return this.#feed.head;
    }
    subscribe(options) {
        return follow(this.#feed, (...range)=>this.#pageOfFile(...range), options);
    }
    /** Calls back with the log's head whenever it moved; for threads that read the file themselves. Returns the cancel. */ onHead(listener) {
        return this.#feed.onChange(()=>listener(this.#feed.head));
    }
    async readSnapshot(stream) {
        this.#assertOpen();
        return this.#reader.snapshot(stream);
    }
    writeSnapshot(stream, { revision, version, state }) {
        return new Promise((resolve, reject)=>{
            checkName('stream', stream);
            this.#writer.writeSnapshot({
                parts: [
                    stream,
                    String(revision),
                    String(version),
                    JSON.stringify(state)
                ],
                resolve,
                reject
            });
        });
    }
    /** A consistent copy while the log is in use, at a path where there is no file yet. */ backup(path) {
        return backUp(this.path, path);
    }
    diagnostics() {
        const { commits, events } = this.#writer;
        const averageGroup = commits === 0 ? 0 : events / commits;
        return {
            commits,
            events,
            averageGroup,
            walBytes: sizeOf(`${this.path}-wal`),
            fileBytes: sizeOf(this.path)
        };
    }
    close() {
        this.#closing ??= this.#close();
        return this.#closing;
    }
    async #close() {
        try {
            await this.#writer.close();
        } finally{
            this.#feed.close(storeUnavailable('it is closed'));
            this.#reader.close();
            this.#lock?.release();
        }
    }
    #assertOpen() {
        if (this.#feed.closed !== undefined) throw this.#feed.closed;
    }
    /** A reader that is far behind asks again at once: the pause in between keeps it from holding up timers. */ async #pageOfFile(after, upTo, limit, keep) {
        await setImmediate();
        this.#assertOpen();
        // No more rows than are asked for: what does not fit is read again for the page after.
        return this.#reader.page({
            after,
            upTo,
            rows: Math.min(PAGE_ROWS, limit),
            limit
        }, keep);
    }
}

//# sourceMappingURL=sqlite-event-store.js.map