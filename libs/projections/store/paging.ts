import type { SQLInputValue } from 'node:sqlite';

/** One page of a list. `cursor` leads to the next one; absent: this was the last. */
export type Page<Item> = { readonly items: readonly Item[]; readonly cursor?: string };

/** `limit`: 1–500, default 50. `cursor`: as the page before gave it, for the same filters. */
export type Paging = { readonly limit?: number | undefined; readonly cursor?: string | undefined };

const MAX_PAGE = 500;
const DEFAULT_PAGE = 50;

export const limitOf = ({ limit }: Paging): number =>
  Math.min(MAX_PAGE, Math.max(1, Math.floor(limit ?? DEFAULT_PAGE)));

/** The caller's cursor is none that we gave: an error of the request. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';
  readonly code = 'invalid_cursor';
  constructor() {
    super('the cursor is not one that a page of this list gave');
  }
}

type Place = readonly [order: number, id: string | number];

/** `list`: its name, so that another's cursor is refused instead of taken for the end. */
export const cursorOf = (list: string, order: number, id: string | number): string =>
  Buffer.from(JSON.stringify([list, order, id])).toString('base64url');

/** The last item of the page before: its place in the order, and what tells it from others there. @throws {InvalidCursor} */
export function placeOf(list: string, cursor: string): Place {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw new InvalidCursor();
  }
  if (!Array.isArray(value) || value.length !== 3) throw new InvalidCursor();
  const [of, order, id] = value as unknown[];
  if (of !== list || typeof order !== 'number' || (typeof id !== 'string' && typeof id !== 'number'))
    throw new InvalidCursor();
  return [order, id];
}

/** A page from rows of which one more than the limit was asked for. */
export function pageOf<Item>(
  list: string,
  found: readonly Item[],
  limit: number,
  place: (item: Item) => Place,
): Page<Item> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return found.length > limit && last !== undefined
    ? { items, cursor: cursorOf(list, ...place(last)) }
    : { items };
}

/** The first `most` items of a list that is told by pages. Default: all of them. */
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

/** Conditions joined by AND, each with its values. */
export class Conditions {
  readonly #parts: string[] = [];
  readonly values: SQLInputValue[] = [];

  and(condition: string, ...values: readonly SQLInputValue[]): this {
    this.#parts.push(condition);
    this.values.push(...values);
    return this;
  }

  /** Nothing when the value is absent. */
  equal(column: string, value: SQLInputValue | undefined): this {
    return value === undefined ? this : this.and(`${column} = ?`, value);
  }

  oneOf(column: string, values: readonly SQLInputValue[] | undefined): this {
    if (values === undefined || values.length === 0) return this;
    return this.and(`${column} IN (${values.map(() => '?').join(', ')})`, ...values);
  }

  get sql(): string {
    return this.#parts.join(' AND ');
  }
}
