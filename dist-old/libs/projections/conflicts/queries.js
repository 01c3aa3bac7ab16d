import { codecOf } from '../store/codec.js';
import { Conditions, limitOf, pageOf, placeOf } from '../store/paging.js';
import { selectList } from '../store/table.js';
import { conflictTable } from './table.js';
const select = `SELECT ${selectList(conflictTable)} FROM sync_schedule_conflicts`;
export function conflictQueries(db) {
    const codec = codecOf(conflictTable);
    return {
        /** Last detected first. */ conflicts (tenant, filter = {}, paging = {}) {
            const { status, schedule } = filter;
            const where = new Conditions().equal('tenant', tenant).equal('kind', filter.kind).equal('user', filter.user).equal('connection', filter.connection).equal('provider', filter.provider).oneOf('status', typeof status === 'string' ? [
                status
            ] : status);
            if (schedule !== undefined) where.and('EXISTS (SELECT 1 FROM json_each(schedules) WHERE value = ?)', schedule);
            if (paging.cursor !== undefined) where.and('(last_detected_at, id) < (?, ?)', ...placeOf('conflicts', paging.cursor));
            const limit = limitOf(paging);
            const found = db.prepare(`${select} WHERE ${where.sql} ORDER BY last_detected_at DESC, id DESC LIMIT ?`).all(...where.values, limit + 1);
            return pageOf('conflicts', found.map(codec.decode), limit, ({ lastDetectedAt, id })=>[
                    lastDetectedAt,
                    id
                ]);
        },
        conflict (tenant, id) {
            const found = db.prepare(`${select} WHERE id = ? AND tenant = ?`).get(id, tenant);
            return found === undefined ? undefined : codec.decode(found);
        }
    };
}

//# sourceMappingURL=queries.js.map