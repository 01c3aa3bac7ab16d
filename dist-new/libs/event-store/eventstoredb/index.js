import { asStoreError } from './failures.js';
import { EventStoreDb } from './event-store-db.js';
/**
 * Opens the log, and looks at its head once: an address that is wrong, a server that is away, or a user who may not read
 * `$all` is told now. @throws {StoreUnavailable} {@link StoreUnsafe}
 */ export async function openEventStoreDb(options) {
    const store = new EventStoreDb(options);
    try {
        await store.head();
        return store;
    } catch (error) {
        await store.close();
        throw asStoreError(error);
    }
}

//# sourceMappingURL=index.js.map