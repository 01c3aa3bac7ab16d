import { isEventStoreError } from '#lib/event-store/port';
const OUTAGE_TRIES = 4;
const OUTAGE_PAUSE = 100;
/** Appends, and where the outcome stays unknown appends the same ids again: the store answers the first time's answer. */ export async function settled({ store, environment }, stream, expected, events) {
    for(let attempt = 1;; attempt += 1){
        try {
            return await store.append(stream, expected, events);
        } catch (error) {
            if (!isEventStoreError(error, 'store_unavailable') || attempt >= OUTAGE_TRIES) throw error;
            await new Promise((resolve)=>environment.timers.after(OUTAGE_PAUSE * 2 ** attempt, resolve));
        }
    }
}

//# sourceMappingURL=settled.js.map