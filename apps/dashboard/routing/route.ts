import { createStore } from '../api/store.js';

/** Where the page is, as the address after `#` says it: `#/schedules?user=ann`. Back and forward are the browser's. */
export type Route = {
  /** The parts of the path: `['schedules', id]`. */
  readonly parts: readonly string[];
  readonly query: Readonly<Record<string, string>>;
};

const part = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

export function routeOf(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  return {
    parts: path.split('/').filter(Boolean).map(part),
    query: Object.fromEntries(new URLSearchParams(query)),
  };
}

/** An address on this page; what is undefined or empty is left out. */
export function to(
  parts: readonly string[] | string,
  query: Readonly<Record<string, string | undefined>> = {},
): string {
  const path = (typeof parts === 'string' ? [parts] : parts).map(encodeURIComponent).join('/');
  const given = Object.entries(query).filter((entry): entry is [string, string] => (entry[1] ?? '') !== '');
  const search = new URLSearchParams(given).toString();
  return `#/${path}${search === '' ? '' : `?${search}`}`;
}

export const route = createStore<Route>(routeOf(location.hash));

addEventListener('hashchange', () => route.set(routeOf(location.hash)));

export function go(address: string): void {
  location.hash = address;
}

/** For what is not worth a step back: a filter while it is typed. */
export function replace(address: string): void {
  history.replaceState(null, '', address);
  route.set(routeOf(address));
}
