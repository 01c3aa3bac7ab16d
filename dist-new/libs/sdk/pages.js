import { itemsOf as itemsByPages } from '#lib/projections';
import { count } from './filters.js';
import { parse } from './parse.js';
/** So many items of a list that is told by pages. @throws {RequestRejected} `most` is no such number */ export function itemsOf(page, most = Number.POSITIVE_INFINITY) {
    return itemsByPages(page, parse(count, most, 'most'));
}

//# sourceMappingURL=pages.js.map