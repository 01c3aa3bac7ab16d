import { codecOf } from '../store/codec.js';
import { selectList } from '../store/table.js';
import { providerTable } from './table.js';
function pauseOf(row) {
    const { pauseCause: cause, pausedAt: at, pausedUntil: until, pauseNote: note } = row;
    if (cause === null || at === null) return {};
    return {
        pause: {
            cause,
            at,
            ...until === null ? {} : {
                until
            },
            ...note === null ? {} : {
                note
            }
        }
    };
}
function circuitOf(row) {
    const { circuit, circuitUntil: until, circuitOpened: opened, circuitFailures: failures, circuitMessage: message } = row;
    return circuit === 'open' && until !== null ? {
        status: 'open',
        until,
        opened,
        failures,
        message: message ?? ''
    } : {
        status: 'closed'
    };
}
const view = (row)=>({
        provider: row.id,
        ...row.limits === null ? {} : {
            limits: row.limits
        },
        ...pauseOf(row),
        circuit: circuitOf(row),
        updatedAt: row.updatedAt
    });
const select = `SELECT ${selectList(providerTable)} FROM providers`;
export function providerQueries(db) {
    const codec = codecOf(providerTable);
    return {
        /** Those of which anything was ever set or happened, by id. */ providers () {
            return db.prepare(`${select} ORDER BY id`).all().map((record)=>view(codec.decode(record)));
        },
        provider (id) {
            const found = db.prepare(`${select} WHERE id = ?`).get(id);
            return found === undefined ? undefined : view(codec.decode(found));
        }
    };
}

//# sourceMappingURL=queries.js.map