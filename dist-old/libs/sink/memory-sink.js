import { isWithdrawal } from '#lib/ports';
import { columns, happened, split, streams } from './columns.js';
import { limitOf } from './limits.js';
import { shaped } from './row-shape.js';
/** The sink for tests and simulation: the same rules as the SQLite one, gone with the process. */ export class MemorySink {
    #tables;
    async write(scope, changes, at) {
        const counts = {
            inserted: 0,
            updated: 0
        };
        for (const change of changes){
            if (isWithdrawal(change)) {
                this.#withdraw(scope, change, Math.trunc(at));
                continue;
            }
            const id = JSON.stringify([
                scope.tenant,
                scope.connection,
                change.key
            ]);
            const before = this.#tables[change.stream].get(id);
            counts[before === undefined ? 'inserted' : 'updated']++;
            this.#tables[change.stream].set(id, merged(before, scope, change, Math.trunc(at)));
        }
        return counts;
    }
    #withdraw({ tenant, connection }, { stream, withdrawn }, at) {
        const { before, within = '', from } = withdrawn;
        const day = happened[stream];
        for (const [id, row] of this.#tables[stream]){
            const isIn = row['tenant'] === tenant && row['connection'] === connection && String(row['key']).startsWith(within);
            const since = day === undefined || from === undefined || String(row[day] ?? '') >= from;
            if (isIn && since && row['gone_since'] === null && Number(row['last_seen']) < before) this.#tables[stream].set(id, {
                ...row,
                gone_since: at
            });
        }
    }
    async users({ tenant, after = '', limit }) {
        const users = this.#matching('subscriptions', {
            tenant
        }).map((row)=>String(row['user']));
        return [
            ...new Set(users)
        ].filter((user)=>user > after).sort().slice(0, limit);
    }
    async subscriptions(filter) {
        return this.#select('subscriptions', filter, [
            'provider',
            'connection',
            'key'
        ]);
    }
    async charges(page) {
        return this.#select('charges', page, [
            '-occurred_on',
            'connection',
            'key'
        ]);
    }
    async usage(page) {
        return this.#select('usage', page, [
            '-occurred_at',
            'connection',
            'key'
        ]);
    }
    async counts(filter) {
        const count = (stream)=>this.#listed(stream, filter).length;
        return {
            subscriptions: count('subscriptions'),
            charges: count('charges'),
            usage: count('usage')
        };
    }
    async forget(tenant, connection) {
        let rows = 0;
        for (const stream of streams){
            for (const [id, row] of this.#tables[stream]){
                if (row['tenant'] === tenant && row['connection'] === connection && this.#tables[stream].delete(id)) rows++;
            }
        }
        return rows;
    }
    async close() {}
    #matching(stream, { tenant, user, provider, connection }) {
        const wanted = Object.entries({
            tenant,
            user,
            provider,
            connection
        }).filter(([, value])=>value !== undefined);
        return [
            ...this.#tables[stream].values()
        ].filter((row)=>wanted.every(([name, value])=>row[name] === value));
    }
    /** A subscription that is gone is told of, with since when. */ #listed(stream, filter) {
        return this.#matching(stream, filter).filter((row)=>stream === 'subscriptions' || row['gone_since'] === null);
    }
    #select(stream, page, order) {
        const rows = this.#listed(stream, page).filter((row)=>isWithin(stream, row, page, order)).sort((a, b)=>compare(a, b, order));
        return rows.slice(0, limitOf(page)).map((row)=>shaped(stream, row));
    }
    constructor(){
        this.#tables = {
            subscriptions: new Map(),
            charges: new Map(),
            usage: new Map()
        };
    }
}
/** Whether a row is of the part that a page is of. */ function isWithin(stream, row, { from, to, after }, order) {
    const day = happened[stream];
    if (day === undefined) return true;
    const on = String(row[day] ?? '');
    if (from !== undefined && on < from || to !== undefined && (row[day] === null || on >= to)) return false;
    if (after === undefined) return true;
    const place = {
        [day]: after.on,
        connection: after.connection,
        key: after.key
    };
    return compare(place, row, order) < 0;
}
/** As SQL would have it: booleans are numbers. */ const stored = (value)=>typeof value === 'boolean' ? Number(value) : value;
/** A row after one more record. Of what is the truth of an earlier day only what is not known is taken. */ function merged(before, scope, record, at) {
    const { typed, extra } = split(record);
    const known = JSON.parse(String(before?.['extra'] ?? '{}'));
    const asOf = before?.['as_of'] ?? null;
    const older = asOf !== null && typed['as_of'] !== undefined && String(asOf) > String(typed['as_of']);
    const cells = Object.keys(columns[record.stream]).map((name)=>{
        const [was, told] = [
            before?.[name] ?? null,
            stored(typed[name] ?? null)
        ];
        const value = older ? was ?? told : told ?? was;
        return [
            name,
            value === '' ? null : value
        ];
    });
    const { tenant, user, connection, provider, connector } = scope;
    const goneSince = before?.['gone_since'] ?? null;
    return {
        tenant,
        user,
        connection,
        provider,
        connector,
        key: record.key,
        ...Object.fromEntries(cells),
        extra: JSON.stringify(older ? {
            ...extra,
            ...known
        } : {
            ...known,
            ...extra
        }),
        first_seen: before?.['first_seen'] ?? at,
        last_seen: Math.max(Number(before?.['last_seen'] ?? at), at),
        gone_since: goneSince !== null && Number(goneSince) > at ? goneSince : null
    };
}
/** By code unit, as SQLite's BINARY collation orders ASCII; a leading `-` means newest first, with absent ones last. */ function compare(a, b, order) {
    for (const term of order){
        const name = term.replace('-', '');
        const [left, right] = [
            String(a[name] ?? ''),
            String(b[name] ?? '')
        ];
        if (left !== right) return (left < right ? -1 : 1) * (term.startsWith('-') ? -1 : 1);
    }
    return 0;
}

//# sourceMappingURL=memory-sink.js.map