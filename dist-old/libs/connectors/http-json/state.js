import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ConnectorError, pointer } from '../kit/index.js';
/** Keys that are remembered at one point: more items at the same instant are read twice, which changes nothing. */ const REMEMBERED = 300;
/**
 * How far items were read. `at`: digests of the items that stand exactly there, because most services answer
 * "since" with the last item once more, and a new one, or a change of the last one, may carry the same instant. `of`: the
 * settings, by digest.
 */ const httpState = z.strictObject({
    v: z.literal(1),
    of: z.string().max(40),
    cursor: z.union([
        z.string().max(500),
        z.number()
    ]).optional(),
    at: z.array(z.string().max(20)).max(REMEMBERED).default([])
});
export const digest = (text, length = 12)=>createHash('sha256').update(text).digest('base64url').slice(0, length);
/** An item as it is: another one, and the same with another content, has another. */ const digestOf = ({ key, data })=>digest(JSON.stringify([
        key,
        data
    ]));
/** Everything that decides which items there are and how they compare; the pace is not among it. */ export function settingsDigest(config) {
    const { baseUrl, path, method, query, headers, body, records, incremental } = config;
    return digest(JSON.stringify([
        baseUrl,
        path,
        method,
        query,
        headers,
        body ?? null,
        records,
        incremental ?? null
    ]), 22);
}
/** @throws {ConnectorError} CURSOR_INVALID: of another version; the engine reads in full. */ export function beforeOf({ operation, state }, of) {
    const nothing = {
        v: 1,
        of,
        at: []
    };
    if (state === undefined || state === null) return {
        state: nothing,
        resettled: false
    };
    const { data: stored } = httpState.safeParse(state);
    const resettled = stored !== undefined && stored.of !== of;
    if (operation === 'full_sync' || resettled) return {
        state: nothing,
        resettled
    };
    if (stored !== undefined) return {
        state: stored,
        resettled
    };
    throw new ConnectorError('CURSOR_INVALID', 'the stored cursor is not readable', {
        code: 'state_unreadable'
    });
}
/** Follows the largest cursor through a read in any order: services sort both ways, and some not at all. */ export class Progress {
    #cursor;
    #at;
    constructor(incremental, before){
        this.incremental = incremental;
        this.before = before;
        this.#cursor = before.cursor;
        this.#at = new Set(before.at);
    }
    /** Whether an item was read by an earlier run: below the cursor, or at it and remembered as it is. */ isOld(item, record) {
        const cursor = this.#cursorOf(item);
        if (cursor === undefined || this.before.cursor === undefined) return false;
        const order = this.#compare(cursor, this.before.cursor);
        return order < 0 || order === 0 && this.before.at.includes(digestOf(record));
    }
    read(item, record) {
        const cursor = this.#cursorOf(item);
        if (cursor === undefined) return;
        const order = this.#cursor === undefined ? 1 : this.#compare(cursor, this.#cursor);
        if (order < 0) return;
        if (order > 0) this.#at = new Set();
        this.#cursor = order > 0 ? cursor : this.#cursor;
        this.#at.add(digestOf(record));
    }
    state() {
        const at = [
            ...this.#at
        ].slice(-REMEMBERED);
        return {
            v: 1,
            of: this.before.of,
            ...this.#cursor === undefined ? {} : {
                cursor: this.#cursor
            },
            at
        };
    }
    /** An item without one is read every time: nothing says how old it is. */ #cursorOf(item) {
        if (this.incremental === undefined) return undefined;
        const value = pointer(item, this.incremental.cursor);
        if (this.incremental.as === 'text') return typeof value === 'string' ? bounded(value) : undefined;
        const cursor = typeof value === 'string' ? bounded(value) : value;
        return (typeof cursor === 'string' || typeof cursor === 'number') && Number.isFinite(this.#rank(cursor)) ? cursor : undefined;
    }
    #compare(left, right) {
        if (this.incremental?.as === 'text') return left === right ? 0 : left < right ? -1 : 1;
        return this.#rank(left) - this.#rank(right);
    }
    #rank(cursor) {
        if (typeof cursor === 'number') return cursor;
        return this.incremental?.as === 'number' ? Number(cursor) : Date.parse(cursor);
    }
}
const bounded = (text)=>text === '' || text.length > 500 ? undefined : text;

//# sourceMappingURL=state.js.map