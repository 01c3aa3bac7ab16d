import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { definition } from '#lib/domain/testing';
import { openSqliteEventStore } from '#lib/event-store/sqlite';
import { readConfiguration } from './config.js';
import { Engine } from './engine.js';
import { silent } from './log.js';

test('given a service that starts, it is ready once reads are up to date and the clock is watched, not before', async () => {
  const engine = await Engine.open(readConfiguration({}), { log: silent, inMemory: true });
  expect(engine.ready).toBe(false);
  const starting = engine.start();
  expect(engine.ready).toBe(false);
  await starting;
  expect(engine.ready).toBe(true);
  await engine.stop(0);
  expect(engine.ready).toBe(false);
});

test('given a service that is stopped while it starts, nothing of it runs afterwards', async () => {
  const engine = await Engine.open(readConfiguration({}), { log: silent, inMemory: true });
  const starting = engine.start();
  const stopping = engine.stop(0);
  await expect(starting).rejects.toThrow('it was stopped while it started');
  await stopping;
  expect(engine.ready).toBe(false);
});

test('given a log without events in the place of the one that the read model was folded from, it does not start', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'syncopate-engine-'));
  const configuration = { ...readConfiguration({}), dataFolder };
  const context = { tenant: 'default', actor: 'api:test', correlation: 'c-1' };
  const first = await Engine.open(configuration, { log: silent });
  await first.start();
  const created = await first.creation.create(first.creation.scheduleId(context), definition(), context);
  expect(created.ok && (await first.readModel.waitFor(created.position, 10_000))).toBe(true);
  await first.stop(0);
  const path = join(dataFolder, 'events.sqlite');
  for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
  await (await openSqliteEventStore({ path })).close();
  const said: string[] = [];
  const second = await Engine.open(configuration, { log: (_, message) => said.push(message) });
  await expect(second.start()).rejects.toThrow(/the log does not have event .* delete read-model.sqlite/);
  await second.stop(0);
  // The refusal says it all.
  expect(said).toEqual([]);
  rmSync(join(dataFolder, 'read-model.sqlite'));
  const anew = await Engine.open(configuration, { log: silent });
  await anew.start();
  expect(anew.ready).toBe(true);
  await anew.stop(0);
  rmSync(dataFolder, { recursive: true });
});
