import { DAY } from '#lib/domain/kernel';
import { measure, readBuckets } from './queries.js';
export function summaryQueries(db) {
    const select = (sql, ...values)=>db.prepare(sql).all(...values);
    const counted = (sql, tenant)=>Object.fromEntries(select(sql, tenant).map((row)=>[
                String(row['key']),
                Number(row['n'])
            ]));
    return {
        /** `now` comes from the caller's clock. */ scheduleStats (tenant, now) {
            const by = (column, status)=>counted(`SELECT ${column} AS key, count(*) AS n FROM sync_schedules WHERE tenant = ? AND ${status} GROUP BY 1 ORDER BY 1`, tenant);
            const byStatus = by('status', "status <> 'deleted'");
            const living = "status IN ('active', 'paused')";
            const [next] = select(`SELECT w.schedule, w.wake_at AS "wakeAt" FROM wake_ups w JOIN sync_schedules s ON s.id = w.schedule
         WHERE w.tenant = ? AND s.status = 'active' ORDER BY w.wake_at, w.schedule LIMIT 1`, tenant);
            const [open] = select("SELECT count(*) AS n FROM sync_schedule_conflicts WHERE tenant = ? AND status <> 'resolved'", tenant);
            return {
                schedules: {
                    total: Object.values(byStatus).reduce((sum, n)=>sum + n, 0),
                    byStatus,
                    byFrequency: by('frequency', living),
                    byProvider: by('provider', living)
                },
                last24Hours: measure(readBuckets(db, tenant, {
                    from: now - DAY,
                    to: now + 1,
                    bucket: 'hour'
                })),
                openRuns: counted('SELECT status AS key, count(*) AS n FROM open_runs WHERE tenant = ? GROUP BY 1 ORDER BY 1', tenant),
                openConflicts: Number(open?.['n'] ?? 0),
                nextDue: next === undefined ? null : {
                    schedule: String(next['schedule']),
                    wakeAt: Number(next['wakeAt'])
                }
            };
        }
    };
}

//# sourceMappingURL=summary.js.map