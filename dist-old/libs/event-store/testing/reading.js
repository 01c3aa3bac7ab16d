/** Subscribes until `enough` says so of what was heard so far, then aborts and waits for the iteration to end. */ export async function listen(store, { onBatch, ...options }, enough) {
    const stop = new AbortController();
    const events = [];
    let heard = {
        events,
        position: options.after,
        caughtUp: false
    };
    for await (const batch of store.subscribe({
        ...options,
        signal: stop.signal
    })){
        events.push(...batch.events);
        heard = {
            events,
            position: batch.position,
            caughtUp: batch.caughtUp
        };
        await onBatch?.(batch);
        if (enough(heard)) stop.abort();
    }
    return heard;
}
export const idsOf = (events)=>events.map(({ id })=>id);
export const turn = ()=>new Promise((resolve)=>setImmediate(resolve));

//# sourceMappingURL=reading.js.map