import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigurationError, type Configuration } from './config.js';
import type { Readiness } from './readiness.js';
import type { ProcessTelemetry } from './telemetry.js';

export type Health = { readonly url: string; close(): Promise<void> };

export type HealthOptions = {
  readonly configuration: Pick<Configuration, 'host' | 'healthPort'>;
  readonly telemetry: Pick<ProcessTelemetry, 'registry'>;
  readonly readiness: () => Promise<Readiness>;
};

/** Numbers and words of ours, in answer to questions without a body. */
const limits = {
  headersTimeout: 5_000,
  requestTimeout: 5_000,
  keepAliveTimeout: 5_000,
  maxHeaderSize: 8_192,
};
const json = 'application/json; charset=utf-8';

type Answer = { readonly status: number; readonly type: string; readonly body: string };

/**
 * What a scheduler tells on its own port, of a process that has none: `/healthz`, `/readyz`, `/metrics`. To whoever can reach
 * the port, without a key: none of it names a user. Undefined where no port is set.
 * @throws {ConfigurationError} the port is taken, or the address is not this machine's
 */
export async function openHealth({
  configuration: { host, healthPort },
  telemetry,
  readiness,
}: HealthOptions): Promise<Health | undefined> {
  if (healthPort === undefined) return undefined;
  const { registry } = telemetry;
  const answers: ReadonlyMap<string, () => Promise<Answer>> = new Map([
    ['/healthz', async () => ({ status: 200, type: json, body: JSON.stringify({ status: 'ok' }) })],
    ['/readyz', async () => readyAnswer(await readiness())],
    ['/metrics', async () => ({ status: 200, type: registry.contentType, body: await registry.metrics() })],
  ]);
  const server = createServer(limits, (request, response) => {
    const { method = '', url = '' } = request;
    const answer = answers.get(url.split('?')[0] ?? '');
    if (answer === undefined) return send(response, refusal(404, 'ask for /healthz, /readyz or /metrics'));
    if (method !== 'GET' && method !== 'HEAD') return send(response, refusal(405, 'ask with GET'));
    answer().then(
      (found) => send(response, found),
      () => send(response, refusal(500, 'it cannot be told now')),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.on('error', (error) => reject(cannotListen(host, healthPort, error)));
    server.listen(healthPort, host, resolve);
  });
  const { address, family, port } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const cannotListen = (host: string, port: number, error: Error): ConfigurationError =>
  new ConfigurationError(
    `SYNCOPATE_HEALTH_PORT=${port} on SYNCOPATE_HOST=${host} cannot be listened on: ${error.message}`,
  );

function readyAnswer(readiness: Readiness): Answer {
  if ('why' in readiness) return refusal(503, readiness.why);
  return { status: 200, type: json, body: JSON.stringify({ status: 'ready', ...readiness }) };
}

const refusal = (status: number, detail: string): Answer => ({
  status,
  type: 'application/problem+json; charset=utf-8',
  body: JSON.stringify({ status, detail }),
});

function send(response: ServerResponse, { status, type, body }: Answer): void {
  const again = status === 503 ? { 'retry-after': '2' } : {};
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', ...again });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
