// The read model's thread: folds the log into rows and writes them, so that neither holds up the timer's thread.
import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import { basename } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { LogFollower } from '#lib/event-store/sqlite';
import { openReadModel } from '#lib/projections';
import { shareThreads } from './share-threads.js';
import { systemEnvironment } from './system-environment.js';
const BEHIND_THE_TIMERS = 5;
/** Where cores are scarce, runs start in time first and reports follow. Linux tells a thread its id, others do not. */ function giveWay() {
    try {
        setPriority(Number(basename(readlinkSync('/proc/thread-self'))), BEHIND_THE_TIMERS);
    } catch  {
    // Everything works without, a little later under load.
    }
}
function serve(port, { path, logPath, head }) {
    const answer = (message)=>port.postMessage(message);
    const store = new LogFollower(logPath, head);
    const onFault = ({ fatal, error })=>{
        const { name, message } = error instanceof Error ? error : new Error(String(error));
        answer({
            kind: 'fault',
            fatal,
            name,
            message
        });
    };
    const onFlushed = (position)=>answer({
            kind: 'flushed',
            position
        });
    const shares = shareThreads(logPath);
    const model = openReadModel({
        path,
        store,
        environment: systemEnvironment,
        onFault,
        onFlushed,
        shares
    });
    port.on('message', (request)=>{
        if (request.kind === 'head') return store.advance(request.head);
        if (request.kind === 'wanted') return void model.waitFor(request.position, request.timeoutMs);
        void model.close().then(()=>store.close()).finally(()=>port.close());
    });
    // Nothing is reflected before the log is known to be the one that the file was folded from.
    answer({
        kind: 'ready'
    });
    model.start();
}
if (parentPort !== null) {
    giveWay();
    const port = parentPort;
    port.once('message', (begin)=>serve(port, begin));
}

//# sourceMappingURL=read-model-thread.js.map