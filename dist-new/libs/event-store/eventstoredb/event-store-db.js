import { BACKWARDS, END, FORWARDS, NO_STREAM, START } from '@eventstore/db-client';
import QuickLRU from 'quick-lru';
import { checkAppend, keeping } from '../feed/index.js';
import { storeUnavailable } from '../port/index.js';
import { parseAddress } from './address.js';
import { Connection } from './connection.js';
import { asStoreError, isStreamNotFound } from './failures.js';
import { followAll } from './follow-all.js';
import { allPosition } from './live.js';
import { known, positionOf, proposed, recorded, sizeOf } from './recorded.js';
import { Snapshots } from './snapshots.js';
const PAGE = 500;
/** The log on EventStoreDB (23.10 or later), by its gRPC client. */ export class EventStoreDb {
    #connection;
    #snapshots;
    /**
   * First ids of appends that were sent already: the server's answer to a repeat says that it is one by nothing but a
   * missing position, so the position is read back.
   */ #sent;
    constructor(options){
        this.options = options;
        this.#sent = new QuickLRU({
            maxSize: 10_000
        });
        this.#onTrouble = (what, error)=>this.options.onTrouble?.(what, error);
        const address = parseAddress(options.url, options.allowPlainText === true);
        this.#connection = new Connection(address, options.deadlineMs ?? 5_000, this.#onTrouble);
        this.#snapshots = new Snapshots(this.#connection);
    }
    #onTrouble;
    async append(stream, expected, events) {
        checkAppend(stream, expected, events);
        const encoded = events.map(proposed);
        const first = events[0]?.id ?? '';
        const repeated = this.#sent.has(first);
        this.#sent.set(first, true);
        try {
            return await this.#connection.write('an append', async (client)=>{
                const { nextExpectedRevision, position } = await client.appendToStream(stream, encoded, {
                    expectedRevision: expected === -1 ? NO_STREAM : BigInt(expected),
                    requiresLeader: true
                });
                const at = known(position?.commit);
                // The server's word counts: a stream that was soft-deleted goes on after its last revision.
                if (at !== undefined && !repeated) return {
                    revision: Number(nextExpectedRevision),
                    position: at
                };
                return await lastOf(client, stream, expected, events);
            });
        } catch (error) {
            const bytes = encoded.reduce((sum, { data, metadata })=>sum + sizeOf(data) + sizeOf(metadata), 0);
            throw asStoreError(error, {
                stream,
                expected,
                bytes
            });
        }
    }
    async readStream(stream, options = {}) {
        const { limit = Number.POSITIVE_INFINITY, backwards = false } = options;
        const events = [];
        let from = options.from;
        while(events.length < limit){
            const count = Math.min(PAGE, limit - events.length);
            const page = await this.#streamPage(stream, from, count, backwards);
            events.push(...page.flatMap((resolved)=>recorded(resolved) ?? []));
            const last = page.at(-1)?.event?.revision;
            if (last === undefined || page.length < count || backwards && last === 0n) break;
            from = Number(last) + (backwards ? -1 : 1);
        }
        return events;
    }
    async #streamPage(stream, from, maxCount, backwards) {
        try {
            return await this.#collect(`a read of ${stream}`, (client)=>client.readStream(stream, {
                    fromRevision: from === undefined ? backwards ? END : START : BigInt(from),
                    direction: backwards ? BACKWARDS : FORWARDS,
                    maxCount,
                    requiresLeader: true
                }));
        } catch (error) {
            if (isStreamNotFound(error)) return [];
            throw asStoreError(error, {
                stream
            });
        }
    }
    async readAll(after, limit, filter) {
        const keep = keeping(filter);
        const events = [];
        for await (const page of this.#pagesAfter(after)){
            for (const event of page.flatMap((resolved)=>recorded(resolved) ?? [])){
                if (!keep(event.stream)) continue;
                events.push(event);
                if (events.length === limit) return events;
            }
        }
        return events;
    }
    /** `$all` after a position, system events included. A position that was never given out is refused by the server. */ async *#pagesAfter(after) {
        let position = after;
        for(;;){
            const from = position;
            const page = await this.#allPage(from);
            // The server begins with the event at the position itself.
            const fresh = page.filter((resolved)=>positionOf(resolved) > from);
            if (fresh.length > 0) yield fresh;
            const last = page.at(-1);
            if (last === undefined || page.length < PAGE) return;
            position = positionOf(last);
        }
    }
    async #allPage(from) {
        try {
            return await this.#collect('a read of $all', (client)=>client.readAll({
                    fromPosition: allPosition(from),
                    direction: FORWARDS,
                    maxCount: PAGE,
                    requiresLeader: true
                }));
        } catch (error) {
            throw asStoreError(error);
        }
    }
    async head() {
        try {
            const [newest] = await this.#collect('a look at the head', (client)=>client.readAll({
                    fromPosition: END,
                    direction: BACKWARDS,
                    maxCount: 1,
                    requiresLeader: true
                }));
            return newest === undefined ? 0 : positionOf(newest);
        } catch (error) {
            throw asStoreError(error);
        }
    }
    subscribe(options) {
        const { probeMs = 2_000, silenceMs = 4_000 } = this.options;
        return followAll({
            connection: this.#connection,
            head: ()=>this.head(),
            anyBetween: (...range)=>this.#anyBetween(...range),
            probeMs,
            silenceMs,
            onTrouble: this.#onTrouble
        }, options);
    }
    async #anyBetween(after, upTo, prefixes, enough) {
        const keep = keeping({
            prefixes
        });
        let seen = after;
        for await (const page of this.#pagesAfter(after)){
            if (enough()) return true;
            for (const resolved of page){
                seen = positionOf(resolved);
                if (seen > upTo) return false;
                const event = recorded(resolved);
                if (event !== undefined && keep(event.stream)) return true;
            }
        }
        return seen < upTo ? undefined : false;
    }
    async readSnapshot(stream) {
        try {
            return await this.#snapshots.read(stream);
        } catch (error) {
            throw asStoreError(error, {
                stream
            });
        }
    }
    async writeSnapshot(stream, snapshot) {
        try {
            await this.#snapshots.write(stream, snapshot);
        } catch (error) {
            if (error instanceof TypeError) throw error;
            throw asStoreError(error, {
                stream
            });
        }
    }
    close() {
        return this.#connection.close();
    }
    /** One page of a read, whole, under the deadline; a read that nobody waits for any more is cancelled. */ #collect(what, open) {
        let reading;
        const read = async (client)=>{
            const events = [];
            reading = open(client);
            for await (const resolved of reading)events.push(resolved);
            return events;
        };
        return this.#connection.read(what, read, ()=>void reading?.cancel().catch(()=>{}));
    }
}
/** Where a repeated append left its last event: the server does not say. */ async function lastOf(client, stream, expected, events) {
    const revision = expected + events.length;
    const reading = client.readStream(stream, {
        fromRevision: BigInt(revision),
        direction: FORWARDS,
        maxCount: 1,
        requiresLeader: true
    });
    let position;
    for await (const resolved of reading)if (resolved.event?.id === events.at(-1)?.id) position = positionOf(resolved);
    if (position !== undefined) return {
        revision,
        position
    };
    throw storeUnavailable(`what was appended to ${stream} cannot be read back`);
}

//# sourceMappingURL=event-store-db.js.map