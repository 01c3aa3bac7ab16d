import { z } from 'zod';
import { columns } from './columns.js';
const cell = z.union([
    z.string(),
    z.number(),
    z.null()
]).optional();
const extra = z.record(z.string(), z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.null()
]));
/** The columns that every table has. */ const common = z.object({
    tenant: z.string(),
    user: z.string(),
    connection: z.string(),
    provider: z.string(),
    connector: z.string(),
    key: z.string(),
    first_seen: z.number(),
    last_seen: z.number(),
    gone_since: z.number().nullable(),
    extra: z.string()
});
const camel = (name)=>name.replace(/_([a-z0-9])/g, (_, letter)=>letter.toUpperCase());
/** A stored row as the API reads it: camelCase names, booleans from 0 and 1, `extra` parsed. */ export function shaped(stream, row) {
    const { first_seen: firstSeen, last_seen: lastSeen, gone_since: goneSince, ...rest } = common.parse(row);
    const values = z.record(z.string(), cell).parse(row);
    const typed = {};
    for (const [name, type] of Object.entries(columns[stream])){
        const value = values[name] ?? null;
        typed[camel(name)] = type === 'boolean' && value !== null ? value === 1 : value;
    }
    return {
        ...rest,
        ...typed,
        extra: extra.parse(JSON.parse(rest.extra)),
        firstSeen,
        lastSeen,
        goneSince
    };
}

//# sourceMappingURL=row-shape.js.map