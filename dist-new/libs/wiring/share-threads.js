import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { threadModule } from './thread-module.js';
const MOST_THREADS = 4;
/** Threads need half a second until they have loaded their modules. */ const WORTH_FROM = 50_000;
/** Rows live until they are written, and die together: a young generation that is too small copies them all along. */ const YOUNG_MB = 96;
const spawn = (data)=>new Worker(threadModule('share-thread'), {
        name: `share-${data.share.nth}`,
        workerData: data,
        resourceLimits: {
            maxYoungGenerationSizeMb: YOUNG_MB
        }
    });
function load(logPath, share, { onPosition, signal }) {
    return new Promise((resolve, reject)=>{
        const worker = spawn({
            logPath,
            share
        });
        const end = ()=>void worker.terminate();
        signal?.addEventListener('abort', end, {
            once: true
        });
        if (signal?.aborted === true) end();
        let events;
        let why = new Error(`the thread of share ${share.nth} ended before it was done`);
        worker.on('message', (answer)=>{
            if ('events' in answer) events = answer.events;
            else onPosition?.(answer.position);
        });
        worker.on('error', (error)=>why = error);
        worker.on('exit', ()=>{
            signal?.removeEventListener('abort', end);
            if (events === undefined) reject(why);
            else resolve(events);
        });
    });
}
/** Threads that read the log's file, as many as there are processors, up to four; with one, the log is read at once. */ export function shareThreads(logPath, count = Math.min(availableParallelism(), MOST_THREADS)) {
    return {
        count,
        worthFrom: count === 1 ? Infinity : WORTH_FROM,
        load: (share, on)=>load(logPath, share, on)
    };
}

//# sourceMappingURL=share-threads.js.map