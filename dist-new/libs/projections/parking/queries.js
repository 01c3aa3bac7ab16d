import { codecOf } from '../store/codec.js';
import { Conditions, limitOf, pageOf, placeOf } from '../store/paging.js';
import { selectList } from '../store/table.js';
import { parkingTable } from './table.js';
const select = `SELECT ${selectList(parkingTable)} FROM parked_events`;
export function parkingQueries(db) {
    const codec = codecOf(parkingTable);
    return {
        /** Events that wait for a saga to take them, of all tenants. */ parkedCount () {
            return Number(db.prepare('SELECT count(*) AS count FROM parked_events').get()?.['count'] ?? 0);
        },
        /** What sagas could not take, newest in the log first. */ parkedEvents (tenant, handler, paging = {}) {
            const where = new Conditions().equal('tenant', tenant).equal('handler', handler);
            if (paging.cursor !== undefined) where.and('(position, id) < (?, ?)', ...placeOf('parked', paging.cursor));
            const limit = limitOf(paging);
            const found = db.prepare(`${select} WHERE ${where.sql} ORDER BY position DESC, id DESC LIMIT ?`).all(...where.values, limit + 1);
            return pageOf('parked', found.map(codec.decode), limit, ({ position, id })=>[
                    position,
                    id
                ]);
        }
    };
}

//# sourceMappingURL=queries.js.map