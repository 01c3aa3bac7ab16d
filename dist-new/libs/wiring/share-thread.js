// A thread that loads one share of the log into a file, when a read model is built again.
import { parentPort, workerData } from 'node:worker_threads';
import { LogShare } from '#lib/event-store/sqlite';
import { loadShare } from '#lib/projections';
import { systemEnvironment } from './system-environment.js';
if (parentPort !== null) {
    const { logPath, share } = workerData;
    const port = parentPort;
    const answer = (message)=>port.postMessage(message);
    const pages = new LogShare(logPath, share, share.upTo);
    const events = loadShare(share, {
        pages,
        now: ()=>systemEnvironment.clock.now(),
        onPosition: (position)=>answer({
                position
            })
    });
    pages.close();
    answer({
        events
    });
}

//# sourceMappingURL=share-thread.js.map