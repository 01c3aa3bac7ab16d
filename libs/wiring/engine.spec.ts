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
