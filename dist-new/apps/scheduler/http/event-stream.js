import { parseStream, streamPrefixes } from '#lib/contracts/streams';
import { publicEvent } from '#lib/contracts/integration';
const KEEP_ALIVE = 15_000;
const STALLED_AFTER = 60_000;
const prefixes = Object.values(streamPrefixes);
const wanted = (event, { tenant, schedule, types })=>{
    const owner = parseStream(event.stream);
    if (owner === undefined || owner.kind !== 'provider' && event.metadata.tenant !== tenant) return false;
    if (schedule !== undefined && (owner.kind !== 'schedule' || owner.id !== schedule)) return false;
    return types === undefined || types.has(event.type);
};
const frame = (event)=>`id: ${event.position}\nevent: ${event.type}\ndata: ${JSON.stringify(publicEvent(event))}\n\n`;
/** Resolves when the response has room again; false when the reader stalled or left. */ function drained(response, timers) {
    return new Promise((resolve)=>{
        const settle = (ok)=>()=>{
                cancel();
                response.off('drain', onDrain).off('close', onClose);
                resolve(ok);
            };
        const onDrain = settle(true);
        const onClose = settle(false);
        const cancel = timers.after(STALLED_AFTER, settle(false));
        response.once('drain', onDrain).once('close', onClose);
    });
}
export async function streamEvents(response, options) {
    const { store, timers, stillHolds = ()=>true } = options;
    const abort = new AbortController();
    const signal = AbortSignal.any([
        abort.signal,
        options.stopping
    ]);
    response.writeHead(200, {
        ...options.headers,
        'content-type': 'text/event-stream; charset=utf-8',
        // It ends only with the connection or the service.
        connection: 'close',
        'x-accel-buffering': 'no'
    });
    response.write(`retry: 2000\nid: ${options.after}\n\n`);
    response.once('close', ()=>abort.abort());
    options.onOpen();
    let cancel = timers.after(KEEP_ALIVE, beat);
    function beat() {
        if (!stillHolds()) return abort.abort();
        if (!response.writableNeedDrain) response.write(': still here\n\n');
        cancel = timers.after(KEEP_ALIVE, beat);
    }
    try {
        for await (const batch of store.subscribe({
            after: options.after,
            filter: {
                prefixes
            },
            signal
        })){
            if (!stillHolds()) break;
            const text = batch.events.filter((event)=>wanted(event, options)).map(frame).join('');
            if (text !== '' && !response.write(text) && !await drained(response, timers)) {
                response.destroy();
                break;
            }
            if (signal.aborted) break;
        }
    } finally{
        cancel();
        abort.abort();
        options.onClose();
        response.end();
    }
}

//# sourceMappingURL=event-stream.js.map