import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { HOUR } from '#lib/domain/kernel';
import { definition, T0 } from '#lib/domain/testing';
import type { Environment } from '#lib/ports';
import { readConfiguration } from './config.js';
import { Engine } from './engine.js';
import { silent } from './log.js';
import { systemEnvironment } from './system-environment.js';

const context = { tenant: 'default', actor: 'api:test', correlation: 'c-1' };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'syncopate-clock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (now: number): Environment => ({
  ...systemEnvironment,
  clock: { ...systemEnvironment.clock, now: () => now },
});

const open = (now: number, more: { readonly clockCheck?: boolean } = {}): Promise<Engine> => {
  const configuration = { ...readConfiguration({}), dataFolder: folder, ...more };
  return Engine.open(configuration, { log: silent, environment: at(now) });
};

describe('given a log whose newest event was decided at an instant', () => {
  beforeEach(async () => {
    const engine = await open(T0);
    const answer = await engine.creation.create(engine.creation.scheduleId(context), definition(), context);
    expect(answer.ok && (await engine.readModel.waitFor(answer.position, 10_000))).toBe(true);
    await engine.stop(0);
  });

  test('a clock some hours behind it is one among others: the service starts', async () => {
    const engine = await open(T0 - 23 * HOUR);
    await engine.start();
    expect(engine.ready).toBe(true);
    await engine.stop(0);
  });

  test('a clock more than a day behind it is refused, in words that say what would be right, and the log is closed', async () => {
    await expect(open(T0 - 25 * HOUR)).rejects.toThrow(
      /more than a day before the newest event.*: set the clock/,
    );
    await (await open(T0)).stop(0);
  });

  test('and a read model that is gone, such a clock is refused once the log was read', async () => {
    for (const suffix of ['', '-wal', '-shm'])
      rmSync(join(folder, `read-model.sqlite${suffix}`), { force: true });
    const engine = await open(T0 - 25 * HOUR);
    await expect(engine.start()).rejects.toThrow('set the clock');
    expect(engine.ready).toBe(false);
    await engine.stop(0);
  });

  test('an operator who knows that the log was ahead starts all the same', async () => {
    const engine = await open(T0 - 48 * HOUR, { clockCheck: false });
    await engine.start();
    expect(engine.ready).toBe(true);
    await engine.stop(0);
  });
});
