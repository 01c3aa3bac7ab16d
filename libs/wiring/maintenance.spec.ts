import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readConfiguration } from './config.js';
import { Engine } from './engine.js';
import { silent } from './log.js';
import { backupLog, rebuild } from './maintenance.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'syncopate-maintenance-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('given a log on EventStoreDB', () => {
  test('a rebuild or a backup of a file beside it is refused, and nothing is made', async () => {
    const configuration = {
      ...readConfiguration({}),
      dataFolder: folder,
      eventStoreUrl: 'esdb://nowhere:2113?tls=false',
    };
    await expect(rebuild(configuration, { swap: true })).rejects.toThrow('delete read-model.sqlite');
    await expect(backupLog(configuration, join(folder, 'copy.sqlite'))).rejects.toThrow('its own backup');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('given a folder without a log', () => {
  test('a rebuild or a backup is refused with its name, and nothing is made', async () => {
    const configuration = { ...readConfiguration({}), dataFolder: folder };
    const where = `there is no log at ${join(folder, 'events.sqlite')}`;
    await expect(rebuild(configuration, { swap: true })).rejects.toThrow(where);
    await expect(backupLog(configuration, join(folder, 'copy.sqlite'))).rejects.toThrow(where);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('given a log', () => {
  test('its backup is one file, with nothing beside it', async () => {
    const configuration = { ...readConfiguration({}), dataFolder: join(folder, 'data') };
    await (await Engine.open(configuration, { log: silent })).stop(0);
    await backupLog(configuration, join(folder, 'copies', 'events.sqlite'));
    expect(readdirSync(join(folder, 'copies'))).toEqual(['events.sqlite']);
  });
});

describe('given a service that cannot be opened', () => {
  test('its log is closed again, and it opens once the fault is mended', async () => {
    const configuration = { ...readConfiguration({}), dataFolder: folder };
    const wrong = { ...configuration, vaultKeys: ['too short'] };
    await expect(Engine.open(wrong, { log: silent })).rejects.toThrow();
    const engine = await Engine.open(configuration, { log: silent });
    await engine.stop(0);
  });
});
