import { EventStoreDBClient } from '@eventstore/db-client';
import { storeUnsafe } from '../port/index.js';
import type { Address } from './address.js';

const DISPOSE_MS = 300;

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
    (await client.getChannel()).close();
  })();
  // It was broken: that is why it is thrown away. One that still looks for a server closes when it has found one.
  await Promise.race([ended.catch(() => {}), patience]);
}
