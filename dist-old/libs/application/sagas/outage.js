import { isCommandOutage } from '#lib/application/actors';
import { isEventStoreError } from '#lib/event-store/port';
/** Speaks against the store, not against the event: it is waited out, and never the reason to park one. */ export const isOutage = (error)=>isEventStoreError(error, 'store_unavailable') || isEventStoreError(error, 'storage_full') || isCommandOutage(error) && error.code !== 'contention';

//# sourceMappingURL=outage.js.map