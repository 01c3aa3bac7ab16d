import { Applier } from '../runner/applier.js';
import { queriesOf } from '../runner/queries.js';
import { openFile } from '../store/read-model-file.js';
import { layout } from '../store/rows.js';
/** Given events, then rows: a read model in memory that has taken a whole log. */ export function modelOf(log, decode = (event)=>event) {
    const db = openFile(':memory:', layout);
    const applier = new Applier(db, decode, ()=>log.now);
    applier.createIndexes();
    applier.apply(log.events);
    applier.flush();
    return {
        ...queriesOf(db),
        db,
        applier
    };
}

//# sourceMappingURL=model.js.map