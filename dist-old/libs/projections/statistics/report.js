import { covered, measure, readBuckets } from './queries.js';
const TOP = 10;
const record = (rows)=>Object.fromEntries(rows.map((row)=>[
            String(row['key'] ?? 'unknown'),
            Number(row['n'])
        ]));
function byProvider(db, tenant, from, to) {
    const rows = readBuckets(db, tenant, {
        from,
        to,
        bucket: 'hour',
        scope: 'provider'
    });
    const grouped = Map.groupBy(rows, (row)=>row.subject);
    return [
        ...grouped
    ].map(([provider, of])=>({
            provider,
            ...measure(of)
        })).sort((a, b)=>b.queued - a.queued || (a.provider < b.provider ? -1 : 1));
}
const byUser = (select, tenant, from, to)=>select(`SELECT subject AS user, sum(queued) AS queued, sum(succeeded) AS succeeded, sum(abandoned) AS abandoned FROM sync_statistics
     WHERE tenant = ? AND bucket = 'hour' AND scope = 'user' AND start >= ? AND start < ?
     GROUP BY subject ORDER BY queued DESC, subject LIMIT ${TOP}`, tenant, from, to);
function slowest(select, tenant, from, to) {
    const days = covered('day', from, to);
    return select(`SELECT t.subject AS schedule, s.name, s.user, s.provider, sum(t.duration_sum_ms) * 1.0 / sum(t.succeeded) AS "meanMs",
       max(t.duration_max_ms) AS "maxMs", sum(t.succeeded) AS runs
     FROM sync_statistics t JOIN sync_schedules s ON s.id = t.subject
     WHERE t.tenant = ? AND t.bucket = 'day' AND t.scope = 'schedule' AND t.start >= ? AND t.start < ?
     GROUP BY t.subject HAVING sum(t.succeeded) > 0 ORDER BY "meanMs" DESC, t.subject LIMIT ${TOP}`, tenant, days.from, days.to);
}
const failing = (select, tenant)=>select(`SELECT s.id AS schedule, s.name, s.user, s.provider, a.consecutive_failures AS "consecutiveFailures", a.last_run_at AS "lastRunAt"
     FROM sync_schedule_activity a JOIN sync_schedules s ON s.id = a.schedule
     WHERE a.tenant = ? AND a.consecutive_failures > 0 AND s.status IN ('active', 'paused')
     ORDER BY a.consecutive_failures DESC, s.id LIMIT ${TOP}`, tenant);
function conflicts(select, tenant, from, to) {
    const [row] = select(`SELECT sum(last_detected_at >= ?1 AND last_detected_at < ?2) AS opened, sum(resolved_at >= ?1 AND resolved_at < ?2) AS resolved,
       sum(status <> 'resolved') AS open FROM sync_schedule_conflicts WHERE tenant = ?3`, from, to, tenant);
    return {
        opened: Number(row?.['opened'] ?? 0),
        resolved: Number(row?.['resolved'] ?? 0),
        open: Number(row?.['open'] ?? 0)
    };
}
export function reportQueries(db) {
    const select = (sql, ...values)=>db.prepare(sql).all(...values).map((row)=>({
                ...row
            }));
    const ended = (tenant, status, key, amount, range)=>record(select(// The condition of the partial index, in its own words: only then is it used.
        `SELECT ${key} AS key, sum(${amount}) AS n FROM sync_schedule_logs WHERE tenant = ? AND finished_at >= ? AND finished_at < ?
         AND status IN ('skipped', 'missed', 'abandoned') AND status = ? GROUP BY 1 ORDER BY 1`, tenant, range.from, range.to, status));
    return {
        report (tenant, from, to) {
            const range = covered('hour', from, to);
            return {
                ...range,
                totals: measure(readBuckets(db, tenant, {
                    ...range,
                    bucket: 'hour'
                })),
                byProvider: byProvider(db, tenant, range.from, range.to),
                byUser: byUser(select, tenant, range.from, range.to),
                skipReasons: ended(tenant, 'skipped', 'reason', 'count', range),
                missReasons: ended(tenant, 'missed', 'reason', 'count', range),
                errors: ended(tenant, 'abandoned', 'error_class', '1', range),
                slowest: slowest(select, tenant, range.from, range.to),
                failing: failing(select, tenant),
                conflicts: conflicts(select, tenant, range.from, range.to)
            };
        }
    };
}

//# sourceMappingURL=report.js.map