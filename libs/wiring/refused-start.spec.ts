import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { HOUR } from '#lib/domain/kernel';
import { definition } from '#lib/domain/testing';
import { MemoryEventStore } from '#lib/event-store/memory';
import type { Environment } from '#lib/ports';
import { startNats } from '../../scripts/nats-server.mjs';
import { readConfiguration, type Configuration } from './config.js';
import { Engine } from './engine.js';
import { silent } from './log.js';
import { systemEnvironment } from './system-environment.js';

const context = { tenant: 'default', actor: 'api:test', correlation: 'c-1' };

let folder: string;
let configuration: Configuration;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'syncopate-refused-'));
  configuration = { ...readConfiguration({}), dataFolder: folder };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A service that ran once, and what it has left. */
async function ran(connection: string, environment: Environment = systemEnvironment): Promise<void> {
  const engine = await Engine.open(configuration, { log: silent, environment });
  const { creation } = engine;
  const id = creation.scheduleId(context);
  const answer = await creation.create(id, definition({ connection }), context);
  expect(answer.ok && (await engine.readModel.waitFor(answer.position, 10_000))).toBe(true);
  await engine.stop(0);
}

/** What a start that is refused says before it ends, and why it does. */
async function refused(): Promise<{ readonly said: readonly string[]; readonly why: string }> {
  const said: string[] = [];
  const log = (_: string, message: string): void => void said.push(message);
  let engine: Engine | undefined;
  try {
    engine = await Engine.open(configuration, { log });
    await engine.start();
  } catch (error) {
    await engine?.stop(0);
    return { said, why: (error as Error).message };
  }
  await engine.stop(0);
  throw new Error('it started');
}

test('given a clock that is behind the log, the reason is all that a start says', async () => {
  const ahead = systemEnvironment.clock.now() + 48 * HOUR;
  await ran('c-1', { ...systemEnvironment, clock: { ...systemEnvironment.clock, now: () => ahead } });
  expect(await refused()).toEqual({ said: [], why: expect.stringContaining('set the clock') as unknown });
});

test('given an older log beside a newer read model, the reason is all that a start says', async () => {
  await ran('c-1');
  const [log, copy] = [join(folder, 'events.sqlite'), join(folder, 'copy')];
  copyFileSync(log, copy);
  await ran('c-2');
  for (const suffix of ['', '-wal', '-shm']) rmSync(log + suffix, { force: true });
  copyFileSync(copy, log);
  expect(await refused()).toEqual({
    said: [],
    why: expect.stringContaining('does not have event') as unknown,
  });
});

test('given a scheduler under the same name on the same NATS, the second is refused before it takes anything from the first', async () => {
  const nats = await startNats();
  const shared = {
    ...configuration,
    node: 's1',
    takeoverMs: 2_000,
    nats: { servers: [nats.url], replicas: 1 },
  };
  const store = new MemoryEventStore();
  const said: string[] = [];
  const log = (_: string, message: string): void => void said.push(message);
  const first = await Engine.open(shared, { log, store, inMemory: true });
  await first.start();
  const second = Engine.open(shared, { log: silent, store, inMemory: true });
  await expect(second).rejects.toThrow(/alive under the name s1: give each a SYNCOPATE_NODE of its own/);
  expect(said).toEqual([]);
  await first.stop(0);
  // The name is free with that.
  const third = await Engine.open(shared, { log: silent, store: new MemoryEventStore(), inMemory: true });
  await third.stop(0);
  await nats.stop();
  nats.remove();
});
