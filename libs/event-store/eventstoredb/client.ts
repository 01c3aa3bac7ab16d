import { EventStoreDBClient } from '@eventstore/db-client';
import type { Duplex, Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { storeUnsafe } from '../port/index.js';
import type { Address } from './address.js';

const DISPOSE_MS = 300;

/** Of the client's own parts: nothing public closes the channel, or ends a stream without an error. */
type Inside = {
  readonly disposableStreams: ReadonlySet<Readable | Duplex>;
  getChannel(): Promise<{ close(): void }>;
};

/** @throws {StoreUnsafe} */
export function connect(address: Address): EventStoreDBClient {
  try {
    return EventStoreDBClient.connectionString(address.connectionString);
  } catch (error) {
    // The client quotes the connection string, password and all, in what it throws.
    const { code, path } = error as NodeJS.ErrnoException;
    const why = code === undefined ? 'an option or a port in it makes no sense' : `${code} ${path ?? ''}`;
    throw storeUnsafe(`the EventStoreDB address of ${address.shown} cannot be used: ${why}`);
  }
}

/** The client ends its calls and leaves its channel open; and waits for ever for calls that do not end. */
export async function dispose(client: EventStoreDBClient): Promise<void> {
  const patience = new Promise((resolve) => setTimeout(resolve, DISPOSE_MS).unref());
  const ended = (async () => {
    await Promise.race([client.dispose(), patience]);
    (await (client as unknown as Inside).getChannel()).close();
  })();
  // It was broken: that is why it is thrown away. One that still looks for a server closes when it has found one.
  await Promise.race([ended.catch(() => {}), patience]);
}

/**
 * Disposes a client that works. Its stream of appends is ended, for to cancel it is an error, and one such error fails
 * the appends of every client in the process.
 */
export async function release(client: EventStoreDBClient): Promise<void> {
  const patience = new Promise((resolve) => setTimeout(resolve, DISPOSE_MS).unref());
  const ending = [...(client as unknown as Inside).disposableStreams].map(async (stream) => {
    if (!('end' in stream)) return;
    stream.end();
    await finished(stream);
  });
  await Promise.race([Promise.allSettled(ending), patience]);
  await dispose(client);
}
