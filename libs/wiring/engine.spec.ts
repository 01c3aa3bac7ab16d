import { expect, test } from '@jest/globals';
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
