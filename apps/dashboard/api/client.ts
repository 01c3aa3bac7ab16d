import { noAnswer, problemOf, Refused } from './problem.js';
import { apiKey, noteAnswer } from './session.js';

export type Asked = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
};

export type Answered<T> = { readonly body: T; readonly headers: Headers };

/** Every request of the page goes through here. @throws {Refused} */
export async function request(
  path: string,
  { method, body, headers, signal }: Asked = {},
): Promise<Response> {
  const key = apiKey();
  const given = {
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...headers,
  };
  const sent = fetch(path, {
    method: method ?? 'GET',
    headers: given,
    cache: 'no-store',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  const response = await sent.catch((error: unknown) => {
    throw signal?.aborted === true ? error : new Refused(noAnswer);
  });
  noteAnswer(response.status, key);
  if (response.ok) return response;
  const told: unknown = await response.json().catch(() => undefined);
  throw new Refused(problemOf(response.status, told));
}

/**
 * The answer's body, as the shapes beside this file have it: they are held against the service's own by the type check
 * of `test/e2e/dashboard-shapes.ts`, and page and service are of one build. @throws {Refused}
 */
export async function ask<T>(path: string, asked?: Asked): Promise<Answered<T>> {
  const response = await request(path, asked);
  const body = (await response.json().catch(() => {
    throw new Refused(noAnswer);
  })) as T;
  return { body, headers: response.headers };
}

/** A query string of what is there. */
export function search(values: Readonly<Record<string, string | number | undefined>>): string {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(entries.map(([name, value]) => [name, String(value)])).toString();
  return text === '' ? '' : `?${text}`;
}
