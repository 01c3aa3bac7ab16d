import { createHash } from 'node:crypto';
const KEY = /^[\u0021-\u007e]{1,128}$/;
export const REQUEST_KEY_RULE = 'has 1 to 128 visible ASCII characters';
export const isRequestKey = (key)=>KEY.test(key);
/** In one order, at every depth: whoever keeps a request in a map sends its fields in another order the second time. */ const ordered = (value)=>{
    if (Array.isArray(value)) return value.map(ordered);
    if (typeof value !== 'object' || value === null || value instanceof Date) return value;
    const entries = Object.entries(value).toSorted(([a], [b])=>a < b ? -1 : 1);
    return Object.fromEntries(entries.map(([name, inner])=>[
            name,
            ordered(inner)
        ]));
};
/** A request under its caller's key, which is bound to what is asked (`target`) and to what the body says. */ export function keyed(context, key, asked) {
    const fingerprint = createHash('sha256').update(`${asked.target}\n${JSON.stringify(ordered(asked.body) ?? null)}`).digest('base64url').slice(0, 22);
    return {
        ...context,
        idempotency: {
            key,
            fingerprint
        }
    };
}
/** Longest name of a request. */ const LONGEST_NAME = 64;
/** What a run is named after, so that the same request names the same run: its key, or where it has none an id of its own. */ export const requestOf = (ids, key)=>key === undefined ? ids.next() : requestNamed(key);
/** The same where it stands in many names: of an id its end, which is short. It begins with the time at which it was made. */ export const shortRequestOf = (ids, key)=>key === undefined ? ids.next().slice(-8) : requestNamed(key);
/** The key itself, or of a long one its digest, for keys may differ in their last character. */ function requestNamed(key) {
    const name = Buffer.from(key).toString('base64url');
    return name.length <= LONGEST_NAME ? name : createHash('sha256').update(key).digest('base64url');
}

//# sourceMappingURL=request-key.js.map