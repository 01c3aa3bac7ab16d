import { setImmediate as turn } from 'node:timers/promises';
import { Slots } from '#lib/ports';
import { storeUnavailable } from '../port/index.js';
import { connect, dispose, release } from './client.js';
import { isNotLeader, isTransportTrouble } from './failures.js';
/** So many calls in a row without an answer, and the way to the server is given up. */ const STRIKES = 2;
/**
 * The client hands sixteen messages to a stream and queues the rest; when the stream breaks, the promises of the queued
 * ones reject where nobody can listen, and that ends the process. With fewer writes under way nothing is ever queued.
 */ const WRITES = 12;
/**
 * A client that is replaced when it stops getting answers. A peer that accepts a connection and stays mute never
 * produces an error, and a half-open link may not for minutes: the deadline here is our own, around whatever the client
 * does. What a timed-out call did is unknown; whoever made it finds out by reading, or by appending the same ids again.
 *
 * All clients of a process share one table of unanswered appends. Disposing one empties it, and an answer to another
 * that comes after that is thrown out of a callback, which ends the process: so writes wait until the old client is gone.
 */ export class Connection {
    #client;
    #strikes;
    #disposing;
    #closed;
    #closing;
    #writes;
    #open;
    constructor(address, deadlineMs, onTrouble){
        this.address = address;
        this.deadlineMs = deadlineMs;
        this.onTrouble = onTrouble;
        this.#strikes = 0;
        this.#closing = new AbortController();
        this.#writes = new Slots(WRITES);
        this.#open = new Set();
        this.#client = connect(address);
    }
    /** Aborted as soon as closing begins. */ get closing() {
        return this.#closing.signal;
    }
    get client() {
        if (this.closing.aborted) throw storeUnavailable('it is closed');
        return this.#client;
    }
    /**
   * Runs one call under the deadline. `abandon` is told when nobody waits any more. A read whose client is disposed
   * under it ends like one that has found everything: its answer is not believed.
   */ read(what, work, abandon) {
        return this.#tracked(async ()=>{
            const client = this.#client;
            const answer = await this.#answered(what, work, abandon);
            if (client === this.#client) return answer;
            throw storeUnavailable(`the connection to ${this.address.shown} was replaced during ${what}`);
        });
    }
    /** The same for calls that append: few at once, and never beside a client that is being disposed. */ write(what, work) {
        return this.#tracked(()=>this.#inLine(what, ()=>this.#answered(what, work)));
    }
    /** Something else than a call found the connection of a client dead. */ suspect(what, client) {
        if (client !== this.#client) return;
        this.#strikes = STRIKES - 1;
        this.#strike(client, what);
    }
    /** Lets calls in flight end; new ones are refused from now on. */ close() {
        this.#closed ??= (async ()=>{
            this.#closing.abort();
            await Promise.allSettled(this.#open);
            await this.#disposing;
            await release(this.#client);
        })();
        return this.#closed;
    }
    async #tracked(work) {
        if (this.closing.aborted) throw storeUnavailable('it is closed');
        const running = work();
        this.#open.add(running);
        try {
            return await running;
        } finally{
            this.#open.delete(running);
        }
    }
    async #answered(what, work, abandon) {
        const client = this.#client;
        const late = storeUnavailable(`no answer to ${what} from ${this.address.shown} in time`);
        try {
            const answer = await within(this.deadlineMs, late, atTheLeader(work, client));
            if (client === this.#client) this.#strikes = 0;
            return answer;
        } catch (error) {
            if (error === late || isTransportTrouble(error)) this.#strike(client, what);
            else if (client === this.#client) this.#strikes = 0;
            if (error === late) abandon?.();
            throw error;
        }
    }
    /** Time in the line is no time that the server took: it has a deadline of its own, and is nobody's failure. */ async #inLine(what, work) {
        const tooLong = storeUnavailable(`${what} waited too long for others to be answered`);
        const turn = this.#writes.take();
        try {
            await within(this.deadlineMs, tooLong, turn);
        } catch (error) {
            void turn.then(()=>this.#writes.give());
            throw error;
        }
        try {
            while(this.#disposing !== undefined)await this.#disposing;
            return await work();
        } finally{
            this.#writes.give();
        }
    }
    #strike(client, what) {
        // A failure of a client that was replaced already says nothing about its successor.
        if (this.#closed !== undefined || client !== this.#client) return;
        this.#strikes += 1;
        if (this.#strikes < STRIKES) return;
        this.#strikes = 0;
        this.#client = connect(this.address);
        const gone = dispose(client).finally(()=>{
            if (this.#disposing === gone) this.#disposing = undefined;
        });
        this.#disposing = gone;
        this.onTrouble('connection replaced', new Error(`after ${what} to ${this.address.shown} failed`));
    }
}
/** A node that is not the leader did nothing, and names the leader: the client turns to that one for the next call. */ async function atTheLeader(work, client) {
    try {
        return await work(client);
    } catch (error) {
        if (!isNotLeader(error)) throw error;
        await turn();
        return work(client);
    }
}
async function within(milliseconds, late, work) {
    const deadline = Promise.withResolvers();
    const timer = setTimeout(()=>deadline.reject(late), milliseconds);
    try {
        return await Promise.race([
            work,
            deadline.promise
        ]);
    } finally{
        clearTimeout(timer);
    }
}

//# sourceMappingURL=connection.js.map