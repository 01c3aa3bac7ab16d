import { expect, test } from '@jest/globals';
import { connectors } from '#lib/connectors';
import type { SyncEngine } from '#lib/ports';
import { readConfiguration } from './config.js';
import { Engine } from './engine.js';

/** What a service says at its start that serves these providers. */
async function told(providers: string, syncEngine?: SyncEngine): Promise<readonly string[]> {
  const said: string[] = [];
  const configuration = readConfiguration({ SYNCOPATE_EXECUTOR_PROVIDERS: providers });
  const log = (level: string, message: string): unknown => said.push(`${level} ${message}`);
  const engine = await Engine.open(configuration, { log, inMemory: true, ...(syncEngine && { syncEngine }) });
  await engine.stop(0);
  return said;
}

test('given a provider that no connector serves, a service says so in a line, with those that are served', async () => {
  const [line, ...others] = await told('spotify,sptify,netflix');
  expect(others).toEqual([]);
  expect(line).toMatch(
    /^warn SYNCOPATE_EXECUTOR_PROVIDERS: no connector serves sptify; there are connectors for /,
  );
  for (const { manifest } of connectors) expect(line).toContain(manifest.provider);
});

test('given providers that are served, or an engine of the product’s own, there is nothing to say', async () => {
  expect(await told('spotify,openai')).toEqual([]);
  expect(await told('')).toEqual([]);
  expect(await told('theirs', { sync: async () => ({ kind: 'cancelled' }) })).toEqual([]);
});
