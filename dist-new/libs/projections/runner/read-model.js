import { decodeEvent } from '#lib/contracts/events';
import { queriesOf } from './queries.js';
import { openFile } from '../store/read-model-file.js';
import { Prepared } from '../store/reading.js';
import { layout } from '../store/rows.js';
import { Applier } from './applier.js';
import { Runner } from './runner.js';
/** Opens the read model. A file of another version, or a damaged one, is deleted and built again once started. */ export function openReadModel(options) {
    const { path, store, environment, onFault = ()=>{}, onFlushed, decode = decodeEvent } = options;
    const db = openFile(path, layout);
    const applier = new Applier(db, decode, ()=>environment.clock.now());
    const shares = options.shares && {
        loaders: options.shares,
        beside: `${path}.share`
    };
    const runner = new Runner(applier, store, environment, {
        onFault,
        onFlushed,
        shares
    });
    return {
        ...queriesOf(new Prepared(()=>db)),
        start: ()=>runner.start(),
        stop: ()=>runner.stop(),
        close: async ()=>{
            if (!db.isOpen) return;
            await runner.stop();
            db.close();
        },
        atOnce: (work)=>work(applier.flushed),
        position: ()=>applier.flushed,
        waitFor: (position, timeoutMs)=>runner.waitFor(position, timeoutMs),
        lag: async ()=>Math.max(0, await store.head() - applier.flushed),
        failure: ()=>runner.failure
    };
}

//# sourceMappingURL=read-model.js.map