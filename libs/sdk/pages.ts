import { itemsOf as itemsByPages, type Page, type Paging } from '#lib/projections';
import { count } from './filters.js';
import { parse } from './parse.js';

/** So many items of a list that is told by pages. @throws {RequestRejected} `most` is no such number */
export function itemsOf<Item>(
  page: (paging: Paging) => Page<Item>,
  most = Number.POSITIVE_INFINITY,
): readonly Item[] {
  return itemsByPages(page, parse(count, most, 'most'));
}
