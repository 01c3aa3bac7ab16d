const MAX_PAGE = 500;
const DEFAULT_PAGE = 50;
export const limitOf = ({ limit })=>Math.min(MAX_PAGE, Math.max(1, Math.floor(limit ?? DEFAULT_PAGE)));
/** The caller's cursor is none that we gave: an error of the request. */ export class InvalidCursor extends Error {
    constructor(){
        super('the cursor is not one that a page of this list gave'), this.name = 'InvalidCursor', this.code = 'invalid_cursor';
    }
}
/** `list`: its name, so that another's cursor is refused instead of taken for the end. */ export const cursorOf = (list, order, id)=>Buffer.from(JSON.stringify([
        list,
        order,
        id
    ])).toString('base64url');
/** The last item of the page before: its place in the order, and what tells it from others there. @throws {InvalidCursor} */ export function placeOf(list, cursor) {
    let value;
    try {
        value = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    } catch  {
        throw new InvalidCursor();
    }
    if (!Array.isArray(value) || value.length !== 3) throw new InvalidCursor();
    const [of, order, id] = value;
    if (of !== list || typeof order !== 'number' || typeof id !== 'string' && typeof id !== 'number') throw new InvalidCursor();
    return [
        order,
        id
    ];
}
/** A page from rows of which one more than the limit was asked for. */ export function pageOf(list, found, limit, place) {
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return found.length > limit && last !== undefined ? {
        items,
        cursor: cursorOf(list, ...place(last))
    } : {
        items
    };
}
/** The first `most` items of a list that is told by pages. Default: all of them. */ export function itemsOf(page, most = Number.POSITIVE_INFINITY) {
    const items = [];
    let cursor;
    let more = most > 0;
    while(more){
        const next = page({
            cursor,
            limit: Math.min(MAX_PAGE, most - items.length)
        });
        items.push(...next.items);
        ({ cursor } = next);
        more = cursor !== undefined && items.length < most;
    }
    return items;
}
/** Conditions joined by AND, each with its values. */ export class Conditions {
    #parts;
    and(condition, ...values) {
        this.#parts.push(condition);
        this.values.push(...values);
        return this;
    }
    /** Nothing when the value is absent. */ equal(column, value) {
        return value === undefined ? this : this.and(`${column} = ?`, value);
    }
    oneOf(column, values) {
        if (values === undefined || values.length === 0) return this;
        return this.and(`${column} IN (${values.map(()=>'?').join(', ')})`, ...values);
    }
    get sql() {
        return this.#parts.join(' AND ');
    }
    constructor(){
        this.#parts = [];
        this.values = [];
    }
}

//# sourceMappingURL=paging.js.map