import { afterEach, expect, test } from '@jest/globals';
import { ConfigurationError } from './config.js';
import { openHealth, type Health } from './health-server.js';
import type { Readiness } from './readiness.js';
import { ProcessTelemetry } from './telemetry.js';

const open: Health[] = [];
afterEach(async () => {
  for (const health of open.splice(0)) await health.close();
});

async function serve(readiness: () => Readiness, healthPort = 0): Promise<Health> {
  const health = await openHealth({
    configuration: { host: '127.0.0.1', healthPort },
    telemetry: new ProcessTelemetry(),
    readiness: async () => readiness(),
  });
  if (health === undefined) throw new Error('it tells nothing');
  open.push(health);
  return health;
}

test('given a process without a port of its own, it tells how it is, and nothing else', async () => {
  let readiness: Readiness = { lag: 3 };
  const { url } = await serve(() => readiness);
  const ask = async (path: string, init?: RequestInit): Promise<[number, unknown]> => {
    const response = await fetch(url + path, init);
    const json = response.headers.get('content-type')?.includes('json') === true;
    return [response.status, json && init === undefined ? await response.json() : await response.text()];
  };
  expect(await ask('/healthz')).toEqual([200, { status: 'ok' }]);
  expect(await ask('/readyz?x')).toEqual([200, { status: 'ready', lag: 3 }]);
  readiness = { why: 'the log does not answer' };
  expect(await ask('/readyz')).toEqual([503, { status: 503, detail: 'the log does not answer' }]);
  expect(await ask('/metrics')).toEqual([
    200,
    expect.stringContaining('syncopate_process_cpu_seconds_total'),
  ]);
  expect(await ask('/v1/schedules')).toMatchObject([404, {}]);
  expect(await ask('/healthz', { method: 'POST' })).toMatchObject([405, expect.any(String)]);
  expect(await ask('/healthz', { method: 'HEAD' })).toEqual([200, '']);
});

test('given no port, nothing listens; given one that is taken, the refusal names the setting', async () => {
  const none = { host: '127.0.0.1' };
  const told = { telemetry: new ProcessTelemetry(), readiness: async () => ({}) };
  expect(await openHealth({ configuration: none, ...told })).toBeUndefined();
  const { url } = await serve(() => ({}));
  const taken = serve(() => ({}), Number(new URL(url).port));
  await expect(taken).rejects.toThrow(ConfigurationError);
  await expect(taken).rejects.toThrow(/SYNCOPATE_HEALTH_PORT=\d+ on SYNCOPATE_HOST=127.0.0.1.*EADDRINUSE/);
});
