import { codecOf } from '../store/codec.js';
import { selectList } from '../store/table.js';
import { openRunTable } from './table.js';
function view(row) {
    const { seq: _, user, connection, provider, priority, queuedAt, fence, executor, startedAt, deadline, resumeAt, ...rest } = row;
    return {
        ...rest,
        user: user ?? '',
        connection: connection ?? '',
        provider: provider ?? '',
        priority: priority ?? 'normal',
        queuedAt: queuedAt ?? row.effective,
        ...fence === null ? {} : {
            fence
        },
        ...executor === null ? {} : {
            executor
        },
        ...startedAt === null ? {} : {
            startedAt
        },
        ...deadline === null ? {} : {
            deadline
        },
        ...resumeAt === null ? {} : {
            resumeAt
        }
    };
}
export function workQueries(db) {
    const codec = codecOf(openRunTable);
    return {
        /** Wake-ups of all tenants before the horizon, earliest first; `after` is the last one of the page before. */ wakeUpsBefore (horizon, limit, after) {
            const found = db.prepare(`SELECT schedule, tenant, wake_at AS "wakeAt" FROM wake_ups WHERE wake_at < ? AND (wake_at, schedule) > (?, ?)
           ORDER BY wake_at, schedule LIMIT ?`).all(horizon, after?.wakeAt ?? Number.MIN_SAFE_INTEGER, after?.schedule ?? '', limit);
            return found.map((row)=>({
                    ...row
                }));
        },
        /**
     * When attempts with a provider started, from an instant on: the last so many, the oldest first. Each of the last `most`
     * starts is of one of the `most` runs that started last.
     */ startsSince (provider, since, most) {
            const found = db.prepare(`SELECT attempt_log AS "attempts" FROM sync_schedule_logs WHERE provider = ? AND last_started_at >= ?
         ORDER BY last_started_at DESC LIMIT ?`);
            return found.all(provider, since, most).flatMap(({ attempts })=>JSON.parse(String(attempts))).map(([, startedAt])=>startedAt).filter((at)=>at >= since).sort((a, b)=>a - b).slice(-most);
        },
        /** All tenants' when none is named; in the order in which they were decided, the first `most` of them (default: all). */ openRuns (tenant, most = -1) {
            const found = db.prepare(`SELECT ${selectList(openRunTable)} FROM open_runs WHERE ? IS NULL OR tenant = ? ORDER BY seq LIMIT ?`);
            return found.all(tenant ?? null, tenant ?? null, most).map((record)=>view(codec.decode(record)));
        }
    };
}

//# sourceMappingURL=queries.js.map