import { codecOf } from '../store/codec.js';
import { Conditions, limitOf, pageOf, placeOf } from '../store/paging.js';
import { selectList } from '../store/table.js';
import { endedUnluckily, hasEnded, logTable, unlucky } from './table.js';
const select = `SELECT ${selectList(logTable)} FROM sync_schedule_logs`;
/** Open runs that are looked up one by one; of more, a page is full before many others were passed. */ const FEW = 1_000;
function conditionsOf(tenant, filter, { status, few } = {}) {
    const { connection, from, to, minLatenessMs } = filter;
    const where = new Conditions();
    // The index of the tenant is in time's order, and would be walked for them: the sign hides it.
    if (few === true) where.and('+tenant = ?', tenant).and('run IN (SELECT run FROM open_runs)');
    else where.equal('tenant', tenant);
    // The condition of the partial index, in its own words: only then is it used.
    if (status !== undefined && unlucky.has(status)) where.and(endedUnluckily);
    where.oneOf('status', status === undefined ? statusesOf(filter) : [
        status
    ]);
    where.equal('schedule', filter.schedule).equal('user', filter.user).equal('provider', filter.provider).equal('trigger', filter.trigger);
    // A connection has few schedules, and a schedule never changes its connection: no index of its own.
    if (connection !== undefined) where.and('schedule IN (SELECT id FROM sync_schedules WHERE tenant = ? AND connection = ?)', tenant, connection);
    if (from !== undefined) where.and('nominal >= ?', from);
    if (to !== undefined) where.and('nominal < ?', to);
    if (minLatenessMs !== undefined) where.and('lateness_ms >= ?', minLatenessMs);
    return where;
}
const statusesOf = ({ status })=>typeof status === 'string' ? [
        status
    ] : [
        ...new Set(status)
    ];
export function logQueries(db) {
    const codec = codecOf(logTable);
    const few = ()=>{
        const found = db.prepare('SELECT count(*) AS n FROM (SELECT 1 FROM open_runs LIMIT ?)').get(FEW + 1);
        return Number(found?.['n']) <= FEW;
    };
    /** One for each status: every one of them by the way that is short for it. */ const waysTo = (tenant, filter)=>{
        const { schedule, user, connection } = filter;
        // What these have is little, whatever its status.
        const narrow = schedule ?? user ?? connection;
        const statuses = narrow === undefined ? statusesOf(filter) : [];
        if (statuses.length === 0) return [
            conditionsOf(tenant, filter)
        ];
        return statuses.map((status)=>conditionsOf(tenant, filter, {
                status,
                few: !hasEnded(status) && few()
            }));
    };
    return {
        /** Newest nominal time first. */ runs (tenant, filter = {}, paging = {}) {
            const ways = waysTo(tenant, filter);
            const limit = limitOf(paging);
            const order = 'ORDER BY nominal DESC, seq DESC LIMIT ?';
            const each = ways.map((where)=>{
                if (paging.cursor !== undefined) where.and('(nominal, seq) < (?, ?)', ...placeOf('runs', paging.cursor));
                return {
                    sql: `SELECT * FROM (${select} WHERE ${where.sql} ${order})`,
                    values: [
                        ...where.values,
                        limit + 1
                    ]
                };
            });
            const found = db.prepare(`${each.map(({ sql })=>sql).join(' UNION ALL ')} ${order}`).all(...each.flatMap(({ values })=>values), limit + 1);
            return pageOf('runs', found.map(codec.decode), limit, ({ nominal, seq })=>[
                    nominal,
                    seq
                ]);
        },
        run (tenant, run) {
            const found = db.prepare(`${select} WHERE run = ? AND tenant = ?`).get(run, tenant);
            return found === undefined ? undefined : codec.decode(found);
        }
    };
}

//# sourceMappingURL=queries.js.map