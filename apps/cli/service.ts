import { ConfigurationError, readConfiguration } from '#lib/wiring';

const TIMEOUT_MS = 15_000;

/** Where the service listens that this shell's configuration describes, unless another is named. */
export const serviceOf = (named: string | undefined): string =>
  named ?? `http://127.0.0.1:${readConfiguration(process.env).port}`;

/**
 * Asks a running service, with the first of the configured keys.
 * @throws {ConfigurationError} when nobody answers, or when it says no: with its reason
 */
export async function ask(
  service: string,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: object,
): Promise<Record<string, unknown>> {
  const [key] = readConfiguration(process.env).apiKeys;
  const answer = await fetch(service + path, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => {
    throw new ConfigurationError(`no service answers at ${service}: start it, or name it with --service`);
  });
  const said = (await answer.json().catch(() => ({}))) as Record<string, unknown>;
  if (answer.ok) return said;
  throw new ConfigurationError(`${service} said no: ${answer.status} ${String(said['detail'] ?? '')}`.trim());
}
