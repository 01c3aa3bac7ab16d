import { EventStoreDBClient } from '@eventstore/db-client';
import { finished } from 'node:stream/promises';
import { storeUnsafe } from '../port/index.js';
const DISPOSE_MS = 300;
/** @throws {StoreUnsafe} */ export function connect(address) {
    try {
        return EventStoreDBClient.connectionString(address.connectionString);
    } catch (error) {
        // The client quotes the connection string, password and all, in what it throws.
        const { code, path } = error;
        const why = code === undefined ? 'an option or a port in it makes no sense' : `${code} ${path ?? ''}`;
        throw storeUnsafe(`the EventStoreDB address of ${address.shown} cannot be used: ${why}`);
    }
}
/** The client ends its calls and leaves its channel open; and waits for ever for calls that do not end. */ export async function dispose(client) {
    const patience = new Promise((resolve)=>setTimeout(resolve, DISPOSE_MS).unref());
    const ended = (async ()=>{
        await Promise.race([
            client.dispose(),
            patience
        ]);
        (await client.getChannel()).close();
    })();
    // It was broken: that is why it is thrown away. One that still looks for a server closes when it has found one.
    await Promise.race([
        ended.catch(()=>{}),
        patience
    ]);
}
/**
 * Disposes a client that works. Its stream of appends is ended, for to cancel it is an error, and one such error fails
 * the appends of every client in the process.
 */ export async function release(client) {
    const patience = new Promise((resolve)=>setTimeout(resolve, DISPOSE_MS).unref());
    const ending = [
        ...client.disposableStreams
    ].map(async (stream)=>{
        if (!('end' in stream)) return;
        stream.end();
        await finished(stream);
    });
    await Promise.race([
        Promise.allSettled(ending),
        patience
    ]);
    await dispose(client);
}

//# sourceMappingURL=client.js.map