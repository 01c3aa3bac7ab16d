import { Worker } from 'node:worker_threads';
import { queriesOf, Reading, Waiters } from '#lib/projections';
import { threadModule } from './thread-module.js';
import { Unhurried } from './unhurried.js';
/** Milliseconds before a thread that died is replaced: doubled after each failure, up to the cap. */ const RESTART = 50;
const RESTART_CAP = 5_000;
export const spawnReadModel = ()=>new Worker(threadModule('read-model-thread'), {
        name: 'read-model'
    });
/**
 * This thread's end of a read model that is folded and written in a thread of its own, beside a log that this process
 * writes. Queries are answered here, from a connection that only reads. A thread that dies is replaced: the new one
 * goes on from the checkpoint in the file.
 */ let ReadModelThread = class ReadModelThread {
    #waiters;
    #forget;
    #news;
    #worker;
    #ready;
    #position;
    /** The thread has seen that the log is the one that its file was folded from: nothing is reflected before. */ #known;
    #failure;
    /** Whether the file could be opened once: what fails before is the caller's. */ #wasReady;
    #failures;
    #restart;
    #closing;
    constructor(options, spawn, head){
        this.options = options;
        this.spawn = spawn;
        this.#news = new Unhurried((head)=>this.#send({
                kind: 'head',
                head
            }));
        this.#position = 0;
        this.#known = false;
        this.#wasReady = false;
        this.#failures = 0;
        this.reading = new Reading(options.path);
        this.#waiters = new Waiters(options.environment);
        [this.#worker, this.#ready] = this.#start(head);
        this.#forget = options.store.onHead((next)=>this.#news.news(next));
    }
    /** Rejects when the file cannot be opened; a thread that dies later is replaced. */ async opened() {
        try {
            await this.#ready;
        } catch (error) {
            this.#forget();
            this.#news.stop();
            this.#closing = Promise.resolve();
            throw error;
        }
    }
    get position() {
        return this.#position;
    }
    get failure() {
        return this.#failure;
    }
    waitFor(position, timeoutMs) {
        if (this.#known && this.#position >= position) return Promise.resolve(true);
        if (this.#closing !== undefined || this.#failure !== undefined) return Promise.resolve(false);
        this.#news.hurry();
        this.#send({
            kind: 'wanted',
            position,
            timeoutMs
        });
        return this.#waiters.wait(position, timeoutMs);
    }
    close() {
        this.#closing ??= this.#close();
        return this.#closing;
    }
    async #close() {
        this.#forget();
        this.#news.stop();
        this.#waiters.abandon();
        clearTimeout(this.#restart);
        if (this.#restart === undefined) {
            // Not `once`: it rejects when the thread fails on its way out.
            const exit = new Promise((resolve)=>this.#worker.once('exit', resolve));
            this.#send({
                kind: 'stop'
            });
            await exit;
        }
        this.reading.close();
    }
    #send(request) {
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
        this.#worker.postMessage(request);
    }
    #start(head) {
        const { path, store } = this.options;
        const worker = this.spawn();
        const begin = {
            path,
            logPath: store.path,
            head
        };
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
        worker.postMessage(begin);
        let why = new Error('the thread of the read model ended');
        worker.on('error', (error)=>why = error);
        const ready = new Promise((resolve, reject)=>{
            worker.on('message', (answer)=>{
                if (answer.kind === 'ready') resolve();
                this.#receive(answer);
            });
            worker.on('exit', ()=>{
                reject(why);
                this.#fell(worker, why);
            });
        });
        ready.catch(()=>{});
        return [
            worker,
            ready
        ];
    }
    #receive(answer) {
        if (answer.kind === 'fault') {
            const { fatal, name, message } = answer;
            const error = Object.assign(new Error(message), {
                name
            });
            this.options.onFault({
                fatal,
                error
            });
            if (!fatal) return;
            this.#failure = error;
            return this.#waiters.abandon();
        }
        if (answer.kind === 'ready') {
            this.#failures = 0;
            this.#wasReady = true;
            this.#known = false;
            this.#position = 0;
            // The file may be another one than before.
            return this.reading.close();
        }
        this.#known = true;
        this.#position = answer.position;
        this.#waiters.reached(answer.position);
    }
    #fell(worker, error) {
        if (worker !== this.#worker || !this.#wasReady || this.#closing !== undefined) return;
        this.options.onFault({
            fatal: false,
            error
        });
        const pause = Math.min(RESTART_CAP, RESTART * 2 ** this.#failures);
        this.#failures += 1;
        this.#restart = setTimeout(()=>{
            this.#again().catch((next)=>this.#fell(worker, next));
        }, pause);
    }
    async #again() {
        const head = await this.options.store.head();
        if (this.#closing !== undefined) return;
        this.#restart = undefined;
        [this.#worker, this.#ready] = this.#start(head);
    }
};
/** @throws what opening the file throws: it belongs to something else, or cannot be written. */ export async function openThreadedReadModel(options, spawn = spawnReadModel) {
    const { store } = options;
    const thread = new ReadModelThread(options, spawn, await store.head());
    await thread.opened();
    return {
        ...queriesOf(thread.reading),
        // It follows the log from the beginning to the end of its life.
        start: ()=>{},
        stop: ()=>thread.close(),
        close: ()=>thread.close(),
        atOnce: (work)=>thread.reading.atOnce(work),
        position: ()=>thread.position,
        waitFor: (position, timeoutMs)=>thread.waitFor(position, timeoutMs),
        lag: async ()=>Math.max(0, await store.head() - thread.position),
        failure: ()=>thread.failure
    };
}

//# sourceMappingURL=threaded-read-model.js.map