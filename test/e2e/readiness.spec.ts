import { afterEach, describe, expect, test } from '@jest/globals';
import { MemoryEventStore } from '#lib/event-store/memory';
import { storageFull } from '#lib/event-store/port';
import {
  Engine,
  readConfiguration,
  silent,
  startRemoteExecutor,
  type Configuration,
  type Log,
} from '#lib/wiring';
import { startNats } from '../../scripts/nats-server.mjs';
import { startServer } from './described-server.js';
import { ScriptedEngine } from './support.js';

const stops: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const configured = (more: Partial<Configuration> = {}): Configuration => ({
  ...readConfiguration({}),
  port: 0,
  allowShortIntervals: true,
  ...more,
});

/** A service on a log of the test's, in memory. */
async function serve(store: MemoryEventStore, more: Partial<Configuration> = {}, log: Log = silent) {
  const parts = { log, inMemory: true, store, syncEngine: new ScriptedEngine() };
  const engine = await Engine.open(configured(more), parts);
  const server = await startServer(engine, silent);
  stops.push(async () => {
    await server.close();
    await engine.stop(0);
  });
  await engine.start();
  return server.url;
}

/** What a probe hears: the status, and why. */
async function ready(url: string): Promise<string> {
  const response = await fetch(`${url}/readyz`);
  const { detail = '' } = (await response.json()) as { detail?: string };
  return `${response.status} ${detail}`.trim();
}

const metric = async (url: string, name: string): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  return line === undefined ? Number.NaN : Number(line.slice(name.length));
};

const create = async (url: string, connection: string): Promise<number> => {
  const body = JSON.stringify({ user: 'ann', connection, provider: 'anything', recurrence: 'monthly' });
  const headers = { 'content-type': 'application/json' };
  return (await fetch(`${url}/v1/schedules`, { method: 'POST', headers, body })).status;
};

test('given a disk that is full, the service is not ready and says why, until something is stored again', async () => {
  let full = false;
  const store = new MemoryEventStore({ faults: { beforeAppend: () => (full ? storageFull() : undefined) } });
  const url = await serve(store);
  expect(await create(url, 'c-1')).toBe(201);
  expect(await ready(url)).toBe('200');
  expect(await metric(url, 'syncopate_ready')).toBe(1);
  expect(await metric(url, 'syncopate_log_writable')).toBe(1);
  full = true;
  expect(await create(url, 'c-2')).toBe(507);
  expect(await ready(url)).toBe('503 the disk under the log is full, nothing can be stored: make room');
  expect(await metric(url, 'syncopate_ready')).toBe(0);
  expect(await metric(url, 'syncopate_log_writable')).toBe(0);
  full = false;
  expect(await create(url, 'c-2')).toBe(201);
  expect(await ready(url)).toBe('200');
  expect(await metric(url, 'syncopate_log_head')).toBe(await store.head());
});

test('given a log that does not answer, a probe and a scrape are answered all the same', async () => {
  class Mute extends MemoryEventStore {
    mute = false;
    override head(): Promise<number> {
      return this.mute ? new Promise(() => {}) : super.head();
    }
  }
  const store = new Mute();
  const url = await serve(store);
  expect(await create(url, 'c-1')).toBe(201);
  const head = await metric(url, 'syncopate_log_head');
  store.mute = true;
  expect(await ready(url)).toBe('503 the log does not answer');
  expect(await metric(url, 'syncopate_log_head')).toBe(head);
  store.mute = false;
  expect(await ready(url)).toBe('200');
});

describe('given a scheduler and an executor over NATS', () => {
  test('both are not ready once it is away for longer than a take-over, and say so; and are again when it is back', async () => {
    let nats = await startNats();
    stops.push(async () => {
      await nats.stop();
      nats.remove();
    });
    const shared = { nats: { servers: [nats.url], replicas: 1 }, takeoverMs: 1_000, localExecutor: false };
    const said: string[] = [];
    const log: Log = (_, message) => void said.push(message);
    const scheduler = await serve(new MemoryEventStore(), { ...shared, node: 's1' }, log);
    const executor = await startRemoteExecutor({
      configuration: configured({ ...shared, node: 'e1', healthPort: 0 }),
      log: silent,
      syncEngine: new ScriptedEngine(),
    });
    stops.push(() => executor.stop(0));
    const both = [scheduler, String(executor.healthUrl)];
    const answers = (): Promise<string[]> => Promise.all(both.map(ready));
    expect(await answers()).toEqual(['200', '200']);
    for (const url of both) expect(await metric(url, 'syncopate_nats_connected')).toBe(1);
    const { port, folder } = nats;
    await nats.stop();
    let told = await answers();
    while (told.includes('200')) told = await answers();
    for (const each of told)
      expect(each).toMatch(/^503 NATS cannot be reached for \d+ s \(SYNCOPATE_NATS_URL\)/);
    for (const url of both) {
      expect(await metric(url, 'syncopate_nats_connected')).toBe(0);
      expect(await metric(url, 'syncopate_ready')).toBe(0);
    }
    nats = await startNats({ port, folder });
    while ((await answers()).join() !== '200,200');
    expect(said.filter((line) => line.startsWith('NATS'))).toEqual([
      expect.stringContaining(`the connection to 127.0.0.1:${port} was lost`),
      expect.stringContaining(`connected to 127.0.0.1:${port} again after`),
    ]);
  });
});
