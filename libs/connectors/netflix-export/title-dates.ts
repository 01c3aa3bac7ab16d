import { ConnectorError } from '../kit/index.js';
import { calendarDate } from './values.js';

export type DateOrder = 'day-first' | 'month-first' | 'year-first';

/**
 * Finds out in which order a `Title,Date` file writes its dates. The order follows the account's language:
 * `24.01.23`, `2021-12-15`, `12/04/2022` (day first) and `4/21/25` (month first) were all reported
 * (leepeuker/movary#259, jensb89/Netflix-to-Trakt-Import#4). Never guessed: a wrong guess would move plays by months.
 */
export class DateOrderFinder {
  readonly #possible = new Set<DateOrder>();
  #seen = false;

  see(text: string): void {
    const parts = partsOf(text);
    if (parts === undefined) return;
    const orders = ordersOf(parts);
    if (orders.length === 0) return;
    if (!this.#seen) for (const order of orders) this.#possible.add(order);
    else for (const order of this.#possible) if (!orders.includes(order)) this.#possible.delete(order);
    this.#seen = true;
  }

  /** Undefined when there were no dates. @throws {ConnectorError} CONFIG: ambiguous, or more than one order in a file. */
  found(): DateOrder | undefined {
    const [first, ...others] = this.#possible;
    if (!this.#seen || (first !== undefined && others.length === 0)) return first;
    const why =
      first === undefined
        ? 'its dates contradict each other'
        : 'its dates can be read as day first or month first';
    throw new ConnectorError('CONFIG', `${why}: set dateFormat to day-first, month-first or year-first`, {
      code: first === undefined ? 'dates_mixed' : 'dates_ambiguous',
    });
  }
}

/** `YYYY-MM-DD`, or undefined when the text is no date in that order. Two-digit years are 20yy: Netflix streams since 2007. */
export function titleDate(text: string, order: DateOrder): string | undefined {
  const parts = partsOf(text);
  if (parts === undefined) return undefined;
  const [a, b, c] = parts;
  if (order === 'year-first') return calendarDate(yearOf(a), b.value, c.value);
  return order === 'day-first'
    ? calendarDate(yearOf(c), b.value, a.value)
    : calendarDate(yearOf(c), a.value, b.value);
}

type Part = { readonly value: number; readonly long: boolean };
type Parts = readonly [Part, Part, Part];

const yearOf = (part: Part): number => (part.long ? part.value : 2000 + part.value);

function partsOf(text: string): Parts | undefined {
  const match = /^(\d{1,4})[./-]\s*(\d{1,2})[./-]\s*(\d{1,4})\.?$/.exec(text.trim());
  if (match === null) return undefined;
  const part = (digits = ''): Part => ({ value: Number(digits), long: digits.length === 4 });
  return [part(match[1]), part(match[2]), part(match[3])];
}

/** The orders in which one date is possible. A year of two digits is taken to stand last, as in every reported form. */
function ordersOf([a, b, c]: Parts): readonly DateOrder[] {
  if (a.long) return ['year-first'];
  const orders: DateOrder[] = [];
  if (a.value <= 31 && b.value <= 12) orders.push('day-first');
  if (a.value <= 12 && b.value <= 31) orders.push('month-first');
  return c.long || c.value <= 99 ? orders : [];
}
