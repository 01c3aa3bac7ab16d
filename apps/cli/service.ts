import { ConfigurationError, type Configuration } from '#lib/wiring';

const TIMEOUT_MS = 15_000;

/** A running service, and the key that it wants where it wants one. */
export type Service = { readonly url: string; readonly key: string | undefined };

/** The service that this configuration describes, or the one that is named. */
export const serviceOf = ({ port, apiKeys: [key] }: Configuration, named: string | undefined): Service => ({
  url: (named ?? `http://127.0.0.1:${port}`).replace(/\/+$/, ''),
  key,
});

type Said = Record<string, unknown>;

/**
 * Asks a running service.
 * @throws {ConfigurationError} when nobody answers, or when it says no: with its reason
 */
export async function ask(
  service: Service,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: object,
): Promise<Said> {
  return told(service, await sent(service, method, path, body));
}

/** As {@link ask}; undefined where there is no such thing yet. */
export async function find(service: Service, path: string): Promise<Said | undefined> {
  const answer = await sent(service, 'GET', path);
  return answer.status === 404 ? undefined : told(service, answer);
}

async function sent({ url, key }: Service, method: string, path: string, body?: object): Promise<Response> {
  return fetch(url + path, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => {
    throw new ConfigurationError(`no service answers at ${url}: start it, or name it with --service`);
  });
}

async function told({ url }: Service, answer: Response): Promise<Said> {
  const said = (await answer.json().catch(() => ({}))) as Said;
  if (answer.ok) return said;
  throw new ConfigurationError(`${url} said no: ${answer.status} ${String(said['detail'] ?? '')}`.trim());
}
