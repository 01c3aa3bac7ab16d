import { codecOf } from '../store/codec.js';
import { Conditions } from '../store/paging.js';
import { selectList } from '../store/table.js';
import { connectionTable } from './table.js';
const select = `SELECT ${selectList(connectionTable)} FROM connections`;
export function connectionQueries(db) {
    const codec = codecOf(connectionTable);
    return {
        /** By id. */ connections (tenant, filter = {}) {
            const where = new Conditions().equal('tenant', tenant).equal('user', filter.user).equal('provider', filter.provider).equal('status', filter.status);
            if (filter.after !== undefined) where.and('id > ?', filter.after);
            const limit = Math.min(500, Math.max(1, filter.limit ?? 500));
            return db.prepare(`${select} WHERE ${where.sql} ORDER BY id LIMIT ?`).all(...where.values, limit).map(codec.decode);
        },
        /** The newest that are registered, of all tenants, at most so many. */ newestConnections (limit) {
            return db.prepare('SELECT tenant, id FROM connections WHERE registered_at IS NOT NULL ORDER BY registered_at DESC LIMIT ?').all(limit).map(({ tenant, id })=>({
                    tenant: String(tenant),
                    id: String(id)
                }));
        },
        connection (tenant, id) {
            const found = db.prepare(`${select} WHERE tenant = ? AND id = ?`).get(tenant, id);
            return found === undefined ? undefined : codec.decode(found);
        }
    };
}

//# sourceMappingURL=queries.js.map