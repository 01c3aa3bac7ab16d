import { DAY, HOUR } from '#lib/domain/kernel';
import { KEY_SEPARATOR } from '../store/table.js';
export const bucketStart = (size, at)=>{
    const length = size === 'hour' ? HOUR : DAY;
    return Math.floor(at / length) * length;
};
const zero = (tenant, bucket, start, scope, subject)=>({
        tenant,
        bucket,
        scope,
        subject,
        start,
        queued: 0,
        started: 0,
        succeeded: 0,
        failed: 0,
        abandoned: 0,
        cancelled: 0,
        snoozed: 0,
        retries: 0,
        skipped: 0,
        missed: 0,
        recordsRead: 0,
        recordsWritten: 0,
        recordsRejected: 0,
        durationSumMs: 0,
        durationMinMs: null,
        durationMaxMs: null,
        latenessSumMs: 0,
        latenessMaxMs: null,
        durationBins: null,
        latenessBins: null
    });
/** The rows of one tenant's hour or day. */ export class Bucket {
    #parts;
    constructor(tenant, size, start, rows){
        this.tenant = tenant;
        this.size = size;
        this.start = start;
        this.rows = rows;
        this.#parts = {};
    }
    row(scope, subject) {
        const { tenant, size, start } = this;
        const part = this.#parts[scope] ??= this.rows.statistics.part([
            tenant,
            size,
            scope,
            start
        ].join(KEY_SEPARATOR));
        return part.edit(subject, ()=>zero(tenant, size, start, scope, subject), start);
    }
}
/** Leads to rows by parts of their key: joining the key for each event would cost more than all the rest. */ export class Buckets {
    #buckets;
    of(tenant, size, start, rows) {
        let ofTenant = this.#buckets.get(tenant);
        if (ofTenant === undefined) this.#buckets.set(tenant, ofTenant = new Map());
        // A day starts when its first hour does: the fraction tells them apart.
        const key = size === 'hour' ? start : start + 0.5;
        let bucket = ofTenant.get(key);
        if (bucket === undefined) ofTenant.set(key, bucket = new Bucket(tenant, size, start, rows));
        return bucket;
    }
    clear() {
        this.#buckets.clear();
    }
    constructor(){
        this.#buckets = new Map();
    }
}

//# sourceMappingURL=buckets.js.map