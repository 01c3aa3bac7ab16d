import type { EventStore } from '../port/index.js';
import { asStoreError } from './failures.js';
import { EventStoreDb, type EventStoreDbOptions } from './event-store-db.js';

export type { EventStoreDbOptions } from './event-store-db.js';

/**
 * Opens the log, and looks at its head once: an address that is wrong, a server that is away, or a user who may not read
 * `$all` is told now. @throws {StoreUnavailable} {@link StoreUnsafe}
 */
export async function openEventStoreDb(options: EventStoreDbOptions): Promise<EventStore> {
  const store = new EventStoreDb(options);
  try {
    await store.head();
    return store;
  } catch (error) {
    await store.close();
    throw asStoreError(error);
  }
}
