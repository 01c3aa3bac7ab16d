import QuickLRU from 'quick-lru';
import { connectionOf, connectionStream } from '#lib/contracts/streams';
const REMEMBERED = 1_000;
/**
 * What was synced over a connection goes with it, where that was asked for: each node has records of its own, and hears of the
 * removal; the one that was asked says how many rows went, whoever of the two came first.
 */ export class Forgetting {
    /** Rows that went because this node heard of a removal, for whoever asked for it. */ #gone;
    constructor(records){
        this.records = records;
        this.#gone = new QuickLRU({
            maxSize: REMEMBERED
        });
    }
    saw({ type, stream, data, metadata: { tenant } }) {
        if (type !== 'ConnectionRemoved' || data.records === 'keep') return undefined;
        const forgotten = this.records().forget(tenant, connectionOf(stream, tenant));
        this.#gone.set(stream, forgotten);
        // What failed is done by whoever asked, or told as having failed where nobody did.
        forgotten.catch(()=>this.#gone.delete(stream));
        return forgotten;
    }
    /** How many rows went with this removal. */ async rows(tenant, connection) {
        const stream = connectionStream(tenant, connection);
        const heard = await (this.#gone.get(stream) ?? Promise.resolve(0)).catch(()=>0);
        const rows = await this.records().forget(tenant, connection);
        this.#gone.delete(stream);
        return heard + rows;
    }
}

//# sourceMappingURL=forgetting.js.map