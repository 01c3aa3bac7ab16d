import { MAX_PAGE, type Page, type Paging } from '#lib/projections';
import { count } from './filters.js';
import { parse } from './parse.js';

/** So many items of a list that is told by pages. @throws {RequestRejected} `most` is no such number */
export function itemsOf<Item>(
  page: (paging: Paging) => Page<Item>,
  most = Number.POSITIVE_INFINITY,
): readonly Item[] {
  parse(count, most, 'most');
  const items: Item[] = [];
  let cursor: string | undefined;
  let more = most > 0;
  while (more) {
    const next = page({ cursor, limit: Math.min(MAX_PAGE, most - items.length) });
    items.push(...next.items);
    ({ cursor } = next);
    more = cursor !== undefined && items.length < most;
  }
  return items;
}
