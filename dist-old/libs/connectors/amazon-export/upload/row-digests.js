import { hash } from 'node:crypto';
import { z } from 'zod';
/** Stream → bucket → digest over all records of the bucket. Small enough for a state: at most some 620 buckets. */ export const rowDigestsSchema = z.record(z.string(), z.record(z.string(), z.string()));
const BYTES = 6;
const MODULUS = 2 ** (8 * BYTES);
const FIRST_MONTHS = 2016;
const LAST_YEAR = 2040;
/**
 * What an upload held, in a few kilobytes: so that the next upload, which tells all rows again, yields only those of
 * the months in which something is new or different. Subscriptions are few and always told. Sums, because two exports need not list rows in the same order,
 * and because a row told twice must not cancel itself out.
 */ export class RowDigests {
    #sums;
    add(record) {
        if (record.stream === 'subscriptions') return;
        const buckets = this.#sums.get(record.stream) ?? new Map();
        this.#sums.set(record.stream, buckets);
        const bucket = bucketOf(record);
        // The same fact told by a younger export is no news.
        const told = JSON.stringify([
            record.key,
            {
                ...record.data,
                as_of: undefined
            }
        ]);
        const digest = hash('sha256', told, 'buffer').readUIntBE(0, BYTES);
        buckets.set(bucket, ((buckets.get(bucket) ?? 0) + digest) % MODULUS);
    }
    stored() {
        return Object.fromEntries([
            ...this.#sums
        ].map(([stream, buckets])=>[
                stream,
                Object.fromEntries([
                    ...buckets
                ].map(([bucket, sum])=>[
                        bucket,
                        textOf(sum)
                    ]))
            ]));
    }
    /** Whether a record's bucket differs from what an earlier upload held there. */ changed(record, before) {
        if (record.stream === 'subscriptions') return true;
        const bucket = bucketOf(record);
        const sum = this.#sums.get(record.stream)?.get(bucket);
        return sum === undefined || before[record.stream]?.[bucket] !== textOf(sum);
    }
    constructor(){
        this.#sums = new Map();
    }
}
function textOf(sum) {
    const bytes = Buffer.alloc(BYTES);
    bytes.writeUIntBE(sum, 0, BYTES);
    return bytes.toString('base64url');
}
/** Months, years for what is long ago, and one bucket for dates that no person has: the state stays bounded. */ function bucketOf({ stream, data }) {
    const date = data[stream === 'charges' ? 'occurred_on' : 'occurred_at'];
    const [, year = '', month = ''] = /^(\d{4})-(\d{2})/.exec(String(date)) ?? [];
    if (year === '' || Number(year) < 2006 || Number(year) > LAST_YEAR) return 'other';
    return Number(year) < FIRST_MONTHS ? year : `${year}-${month}`;
}

//# sourceMappingURL=row-digests.js.map