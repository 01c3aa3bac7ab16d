import { ANY, BACKWARDS, END, jsonEvent } from '@eventstore/db-client';
import QuickLRU from 'quick-lru';
import { randomUUID } from 'node:crypto';
import { checkName } from '../feed/index.js';
import { isStreamNotFound } from './failures.js';
const TYPE = 'Snapshot';
/** `schedule-7` keeps its snapshots in `schedule_snapshot-7`: a category of their own, which no filter of ours keeps. */ export function snapshotStream(stream) {
    const dash = stream.indexOf('-');
    return dash < 0 ? `${stream}_snapshot` : `${stream.slice(0, dash)}_snapshot${stream.slice(dash)}`;
}
/** Snapshots in streams that keep one event (`$maxCount` 1): the server scavenges the older ones. */ export class Snapshots {
    /** Streams whose `$maxCount` this process has set. */ #bounded;
    constructor(connection){
        this.connection = connection;
        this.#bounded = new QuickLRU({
            maxSize: 25_000
        });
    }
    async read(stream) {
        const name = snapshotStream(stream);
        return this.connection.read('a read of a snapshot', async (client)=>{
            try {
                const newest = client.readStream(name, {
                    direction: BACKWARDS,
                    fromRevision: END,
                    maxCount: 1,
                    requiresLeader: true
                });
                // To its end: a read that is left before that stays with the client for as long as that lives.
                let found;
                for await (const { event } of newest)if (event?.type === TYPE && event.isJson) found = event.data;
                return found;
            } catch (error) {
                if (!isStreamNotFound(error)) throw error;
            }
            return undefined;
        });
    }
    async write(stream, snapshot) {
        checkName('stream', stream);
        const name = snapshotStream(stream);
        const data = JSON.parse(JSON.stringify(snapshot));
        const event = jsonEvent({
            id: randomUUID(),
            type: TYPE,
            data
        });
        await this.connection.write('a write of a snapshot', async (client)=>{
            if (!this.#bounded.has(name)) {
                await client.setStreamMetadata(name, {
                    maxCount: 1
                }, {
                    requiresLeader: true
                });
                this.#bounded.set(name, true);
            }
            await client.appendToStream(name, event, {
                expectedRevision: ANY,
                requiresLeader: true
            });
        });
    }
}

//# sourceMappingURL=snapshots.js.map