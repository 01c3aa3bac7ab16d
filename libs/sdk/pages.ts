import { MAX_PAGE, type Page, type Paging } from '#lib/projections';

/** So many items of a list that is told by pages. */
export function itemsOf<Item>(
  page: (paging: Paging) => Page<Item>,
  most = Number.POSITIVE_INFINITY,
): readonly Item[] {
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
