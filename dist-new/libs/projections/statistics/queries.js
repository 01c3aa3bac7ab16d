import { Bins } from '../store/bins.js';
import { codecOf } from '../store/codec.js';
import { selectList } from '../store/table.js';
import { bucketStart } from './buckets.js';
import { countNames, statisticTable } from './table.js';
/** More rows than may be read at once: they are read and summed while nobody else is answered. */ export class RangeTooLarge extends Error {
    constructor(){
        super(`it covers more than ${MOST_ROWS} hours or days of what it is about`), this.name = 'RangeTooLarge';
    }
}
export const MOST_ROWS = 50_000;
const least = (values, choose)=>{
    const known = values.filter((value)=>value !== null);
    return known.length === 0 ? null : known.reduce((a, b)=>choose(a, b));
};
function quantiles(rows, bins) {
    const merged = new Bins();
    for (const row of rows){
        const part = row[bins];
        if (part !== null) merged.merge(part);
    }
    const [p50 = null, p90 = null, p99 = null] = merged.quantiles(0.5, 0.9, 0.99);
    return {
        p50,
        p90,
        p99,
        count: merged.count
    };
}
/** Many buckets as one. */ export function measure(rows) {
    const sum = (name)=>rows.reduce((total, row)=>total + row[name], 0);
    const counts = Object.fromEntries(countNames.map((name)=>[
            name,
            sum(name)
        ]));
    const settled = counts.succeeded + counts.abandoned;
    const { count: measured, ...duration } = quantiles(rows, 'durationBins');
    const { count: started, ...lateness } = quantiles(rows, 'latenessBins');
    return {
        ...counts,
        successRate: settled === 0 ? null : counts.succeeded / settled,
        duration: {
            ...duration,
            mean: measured === 0 ? null : sum('durationSumMs') / measured,
            min: least(rows.map((row)=>row.durationMinMs), Math.min),
            max: least(rows.map((row)=>row.durationMaxMs), Math.max)
        },
        lateness: {
            ...lateness,
            mean: started === 0 ? null : sum('latenessSumMs') / started,
            max: least(rows.map((row)=>row.latenessMaxMs), Math.max)
        }
    };
}
const LENGTH = {
    hour: 3_600_000,
    day: 86_400_000
};
/** The whole buckets that a range touches. */ export const covered = (size, from, to)=>({
        from: bucketStart(size, from),
        to: Math.ceil(to / LENGTH[size]) * LENGTH[size]
    });
const codec = codecOf(statisticTable);
const select = `SELECT ${selectList(statisticTable, 't')} FROM sync_statistics t`;
const scoped = 'tenant = ?1 AND bucket = ?2 AND scope = ?3';
/** Goes from one bucket that there is to the next, and looks for the subject in each: others' rows are not read. */ const ofSubject = `WITH RECURSIVE buckets (start) AS (
    SELECT min(start) FROM sync_statistics WHERE ${scoped} AND start >= ?4 AND start < ?5
    UNION ALL
    SELECT (SELECT min(n.start) FROM sync_statistics n WHERE ${scoped} AND n.start > buckets.start AND n.start < ?5)
    FROM buckets WHERE buckets.start IS NOT NULL)
  ${select} JOIN buckets ON t.start = buckets.start WHERE ${scoped} AND t.subject = ?7 ORDER BY t.start LIMIT ?6`;
/** The rows as they are kept, see {@link StatisticScope}: all, or so many at most. */ export function readBuckets(db, tenant, range, most = -1) {
    const { bucket, scope = 'all', subject } = range;
    const { from, to } = covered(bucket, range.from, range.to);
    const found = subject === undefined ? db.prepare(`${select} WHERE ${scoped} AND start >= ?4 AND start < ?5 ORDER BY start, subject LIMIT ?6`) : db.prepare(ofSubject);
    const values = [
        tenant,
        bucket,
        scope,
        from,
        to,
        most
    ];
    return found.all(...values, ...subject === undefined ? [] : [
        subject
    ]).map(codec.decode);
}
/** @throws {RangeTooLarge} */ function readSome(db, tenant, range) {
    const rows = readBuckets(db, tenant, range, MOST_ROWS + 1);
    if (rows.length > MOST_ROWS) throw new RangeTooLarge();
    return rows;
}
export function statisticQueries(db) {
    /** By day and subject, in this order: that of the hours. */ const days = (tenant, range)=>{
        const hours = readSome(db, tenant, {
            ...range,
            ...covered('day', range.from, range.to),
            bucket: 'hour'
        });
        return [
            ...Map.groupBy(hours, ({ start })=>bucketStart('day', start)).values()
        ].flatMap((day)=>[
                ...Map.groupBy(day, ({ subject })=>subject)
            ].toSorted(([a], [b])=>a < b ? -1 : 1).map(([, rows])=>rows));
    };
    return {
        /** A row per bucket and subject in which anything happened, by time. @throws {RangeTooLarge} */ statistics (tenant, range) {
            const summed = range.bucket === 'day' && range.scope !== 'schedule';
            const buckets = summed ? days(tenant, range) : readSome(db, tenant, range).map((row)=>[
                    row
                ]);
            return buckets.map((rows)=>{
                const [{ start, subject } = {
                    start: 0,
                    subject: ''
                }] = rows;
                return {
                    start: bucketStart(range.bucket, start),
                    subject,
                    ...measure(rows)
                };
            });
        }
    };
}

//# sourceMappingURL=queries.js.map