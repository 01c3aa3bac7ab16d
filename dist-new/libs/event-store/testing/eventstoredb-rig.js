import { openEventStoreDb } from '../eventstoredb/index.js';
import { isEventStoreError } from '../port/index.js';
/** What `closeOpened` ends, the last first. */ export const opened = [];
export async function closeOpened() {
    for (const each of opened.splice(0).toReversed())await each.close();
}
/** A server that is started, and a store on it whose patience is short. */ export async function rigOn(double) {
    await double.start();
    opened.push({
        close: ()=>double.stop()
    });
    const trouble = [];
    const store = await openEventStoreDb({
        url: double.url,
        deadlineMs: 400,
        probeMs: 100,
        silenceMs: 300,
        onTrouble: (what)=>trouble.push(what)
    });
    opened.push(store);
    return {
        double,
        store,
        trouble
    };
}
/** Appends under faults as actors do: the same ids again until the store says what happened. */ export async function settled(store, stream, expected, events) {
    for(;;){
        try {
            return await store.append(stream, expected, events);
        } catch (error) {
            if (!isEventStoreError(error, 'store_unavailable')) throw error;
        }
    }
}

//# sourceMappingURL=eventstoredb-rig.js.map