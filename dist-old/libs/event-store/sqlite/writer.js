import { Worker } from 'node:worker_threads';
import { storeUnavailable, wrongExpectedRevision } from '../port/index.js';
import { failureOf } from './failures.js';
import { APPENDED, CONFLICT, DAMAGED, NUMBERS_PER_ANSWER } from './group-commit.js';
import { groupOf, rejectAll, WaitingLine } from './waiting-line.js';
/** One group is being committed while the next waits in the thread, so that the disk never waits for this thread. */ const GROUPS_IN_FLIGHT = 2;
/** Milliseconds before a dead thread is replaced: doubled after each failure, up to the cap. */ const RESTART = 50;
const RESTART_CAP = 5_000;
export const spawnWriter = (workerData)=>{
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    return new Worker(new URL(`./writer-thread.${extension}`, import.meta.url), {
        workerData,
        name: 'event-log-writer'
    });
};
/**
 * This thread's end of the writer:
 *
 *     opening ──ready──► ready ──close, all answered──► closed
 *        ▲  └───failed────┬─┘(the thread died, or its connection cannot be trusted)
 *        └───(a pause)── down
 *
 * What was sent to a thread that died is rejected: it may or may not be stored, and appending it again tells. What was
 * not sent waits for the next thread, and is rejected when that one cannot open the file either.
 */ export class Writer {
    #state;
    #worker;
    #line;
    #inFlight;
    #flushing;
    #failures;
    #restart;
    /** The thread that was sent away last is over. */ #gone;
    #closing;
    #opened;
    #drained;
    constructor(data, listener, spawn){
        this.data = data;
        this.listener = listener;
        this.spawn = spawn;
        this.#state = 'opening';
        this.#line = new WaitingLine();
        this.#inFlight = [];
        this.#flushing = false;
        this.#failures = 0;
        this.#gone = Promise.resolve();
        this.commits = 0;
        this.events = 0;
        this.#worker = this.#start();
    }
    /** Rejects when the file cannot be opened; later failures to open it again are retried. */ static async open(data, listener, spawn = spawnWriter) {
        const writer = new Writer(data, listener, spawn);
        await new Promise((resolve, reject)=>{
            writer.#opened = {
                resolve,
                reject
            };
        });
        writer.#opened = undefined;
        return writer;
    }
    append(task) {
        if (this.#closing !== undefined) return task.reject(storeUnavailable('it is closed'));
        this.#line.addAppend(task);
        this.#flushSoon();
    }
    writeSnapshot(task) {
        if (this.#closing !== undefined) return task.reject(storeUnavailable('it is closed'));
        this.#line.addSnapshot(task);
        this.#flushSoon();
    }
    close() {
        this.#closing ??= this.#close();
        return this.#closing;
    }
    async #close() {
        if (this.#state !== 'down') {
            await new Promise((resolve)=>{
                this.#drained = resolve;
                this.#flush();
                this.#settleDrained();
            });
        }
        clearTimeout(this.#restart);
        rejectAll(this.#line.takeAll(), storeUnavailable('it is closed'));
        if (this.#state === 'down') {
            this.#state = 'closed';
            await this.#gone;
            return;
        }
        this.#state = 'closed';
        // Not `once`: it rejects when the thread fails on its way out.
        const exit = new Promise((resolve)=>this.#worker.once('exit', resolve));
        this.#send({
            kind: 'close'
        });
        await exit;
    }
    /** At the end of the turn: everything asked for in one go, by however many callers, makes one message. */ #flushSoon() {
        if (this.#flushing || this.#inFlight.length >= GROUPS_IN_FLIGHT) return;
        this.#flushing = true;
        process.nextTick(()=>{
            this.#flushing = false;
            this.#flush();
        });
    }
    #flush() {
        while(this.#state === 'ready' && this.#inFlight.length < GROUPS_IN_FLIGHT && !this.#line.isEmpty){
            const batch = this.#line.take(this.#inFlight.length === 0);
            this.#inFlight.push(batch);
            this.#send({
                kind: 'commit',
                ...groupOf(batch)
            });
        }
    }
    #send(request) {
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
        this.#worker.postMessage(request);
    }
    #start() {
        this.#state = 'opening';
        const worker = this.spawn(this.data);
        let why = 'its writer thread ended';
        worker.on('message', (answer)=>{
            if (worker === this.#worker) this.#receive(answer);
        });
        worker.on('error', (error)=>{
            why = `its writer thread failed: ${String(error)}`;
        });
        worker.on('exit', ()=>{
            if (worker === this.#worker) this.#fall(storeUnavailable(why));
        });
        return worker;
    }
    #receive(answer) {
        if (answer.kind === 'ready') {
            this.#state = 'ready';
            this.#failures = 0;
            this.listener.found(answer.head);
            this.#opened?.resolve();
        } else if (answer.kind === 'committed') {
            this.#settle(answer.answers);
        } else {
            this.#refused(answer);
        }
        this.#flush();
        this.#settleDrained();
    }
    #refused({ code, message, fatal }) {
        const error = failureOf(code, message);
        const batch = this.#inFlight.shift();
        if (batch !== undefined) rejectAll(batch, error);
        if (fatal || this.#state === 'opening') this.#fall(error);
    }
    /** The thread is gone, or is sent away. */ #fall(error) {
        if (this.#state === 'down' || this.#state === 'closed') return;
        const couldNotOpen = this.#state === 'opening';
        this.#state = 'down';
        // In the middle of a sync it goes on until that returns: two threads must not write to one file.
        this.#gone = this.#worker.terminate();
        const unknown = storeUnavailable('its writer was lost before it answered');
        for (const batch of this.#inFlight.splice(0))rejectAll(batch, unknown);
        if (couldNotOpen || this.#closing !== undefined) rejectAll(this.#line.takeAll(), error);
        if (this.#opened !== undefined) return this.#opened.reject(error);
        this.#settleDrained();
        if (this.#closing !== undefined) return;
        const pause = Math.min(RESTART_CAP, RESTART * 2 ** this.#failures);
        this.#failures += 1;
        this.#restart = setTimeout(()=>void this.#startAgain(), pause);
    }
    async #startAgain() {
        await this.#gone;
        if (this.#state === 'down' && this.#closing === undefined) this.#worker = this.#start();
    }
    #settle(answers) {
        const batch = this.#inFlight.shift();
        if (batch === undefined) return;
        const committed = [];
        for (const [index, { events }] of batch.appends.entries()){
            if (answers[index * NUMBERS_PER_ANSWER] !== APPENDED) continue;
            const first = (answers[index * NUMBERS_PER_ANSWER + 2] ?? 0) - events.length + 1;
            for (const [offset, event] of events.entries()){
                event.position = first + offset;
                committed.push(event);
            }
        }
        this.commits += committed.length > 0 || batch.snapshots.length > 0 ? 1 : 0;
        this.events += committed.length;
        if (committed.length > 0) this.listener.committed(committed);
        for (const [index, task] of batch.appends.entries())answerTask(task, answers, index * NUMBERS_PER_ANSWER);
        for (const task of batch.snapshots)task.resolve();
    }
    #settleDrained() {
        if (this.#drained === undefined) return;
        if (this.#state === 'down' || this.#inFlight.length === 0 && this.#line.isEmpty) this.#drained();
    }
}
function answerTask(task, answers, at) {
    const [outcome, revision = 0, position = 0] = answers.subarray(at, at + NUMBERS_PER_ANSWER);
    if (outcome === CONFLICT) task.reject(wrongExpectedRevision(task.stream, task.expected, revision));
    else if (outcome === DAMAGED) task.reject(failureOf('corrupt_event', `rows of ${task.stream} do not fit together`));
    else task.resolve({
        revision,
        position
    });
}

//# sourceMappingURL=writer.js.map