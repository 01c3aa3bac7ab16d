import { decodeEvent } from '#lib/contracts/events';
import { openFile, removeFile } from '../store/read-model-file.js';
import { layout } from '../store/rows.js';
import { Applier } from './applier.js';
/** Rows in memory before they are written, those of all shares together: about 100 MB. */ export const FLUSH_ROWS = 150_000;
/** Folds a share into its file, without a pause: whoever calls has a thread for it. */ export function loadShare({ of, path, upTo }, { pages, now, onPosition, decode = decodeEvent }) {
    removeFile(path);
    const db = openFile(path, layout);
    try {
        const applier = new Applier(db, decode, now);
        applier.beginLoad();
        let events = 0;
        for(let page = pages.page(0); page.length > 0; page = pages.page(applier.applied)){
            applier.apply(page);
            events += page.length;
            if (applier.dirty >= FLUSH_ROWS / of) applier.flush();
            onPosition?.(applier.applied);
        }
        applier.advance(upTo);
        applier.flush();
        // Streams that are over long ago end before the others: who has them is done.
        onPosition?.(upTo);
        return events;
    } finally{
        db.close();
    }
}
/** Whether a file that is empty is loaded faster in shares. */ export const worthSharing = ({ applied }, upTo, loaders)=>loaders !== undefined && applied === 0 && upTo >= loaders.worthFrom;
/**
 * Loads an empty file from shares of the log that are read at the same time, each into a file beside it. A row follows
 * from the events of one stream, or is a sum over streams: so it is the same in how many shares ever. Resolves with how
 * many events there were.
 */ export async function loadInShares(applier, { beside, upTo, loaders, ...on }) {
    const paths = Array.from({
        length: loaders.count
    }, (_, nth)=>`${beside}.${nth}`);
    const positions = paths.map(()=>0);
    const loads = paths.map((path, nth)=>loaders.load({
            nth,
            of: loaders.count,
            path,
            upTo
        }, {
            signal: on.signal,
            onPosition: (position)=>{
                positions[nth] = position;
                on.onPosition?.(Math.min(...positions));
            }
        }));
    try {
        // All of them, also when one has failed: nobody writes to a file that is removed.
        const ended = await Promise.allSettled(loads);
        const failed = ended.find((load)=>load.status === 'rejected');
        if (failed !== undefined) throw failed.reason;
        applier.absorb(paths, upTo);
        return ended.reduce((sum, load)=>sum + ('value' in load ? load.value : 0), 0);
    } finally{
        for (const path of paths)removeFile(path);
    }
}

//# sourceMappingURL=shares.js.map