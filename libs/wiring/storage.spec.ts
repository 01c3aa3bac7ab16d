import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { EventStoreDouble } from '../../test/support/eventstore/index.js';
import { readConfiguration, type Configuration } from './config.js';
import { rekeyVault } from './maintenance.js';
import { closeStorage, openStorage, type Storage } from './storage.js';

let folder: string;
let configuration: Configuration;
let opened: Storage[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'syncopate-storage-'));
  configuration = { ...readConfiguration({}), dataFolder: folder };
  opened = [];
});
afterEach(async () => {
  for (const storage of opened) await closeStorage(storage);
  rmSync(folder, { recursive: true, force: true });
});

async function open(settings: Partial<Configuration> = {}): Promise<Storage> {
  const storage = await openStorage({ ...configuration, ...settings }, false);
  opened.push(storage);
  return storage;
}
async function close(): Promise<void> {
  for (const storage of opened.splice(0)) await closeStorage(storage);
}

describe('given a folder that a process has', () => {
  const double = new EventStoreDouble();
  const inFile = () => ({});
  const onServer = () => ({ eventStoreUrl: double.url });
  beforeAll(() => double.start());
  afterAll(() => double.stop());

  test.each([
    ['both with their log on EventStoreDB', onServer, onServer],
    ['the first alone with its log on EventStoreDB', onServer, inFile],
    ['the second alone with its log on EventStoreDB', inFile, onServer],
  ])('a second is refused, until the first has left: %s', async (_, first, second) => {
    await open(first());
    await expect(open(second())).rejects.toMatchObject({ code: 'store_in_use' });
    await close();
    await open(second());
  });
});

describe('given a vault', () => {
  const owner = { tenant: 'default', connection: 'ann-spotify' };
  const secrets = { refresh_token: 'canary' };
  const newKey = (): string => randomBytes(32).toString('base64');
  const keyFile = (): string => join(folder, 'vault.key');

  test('without a key, one is made for its owner only', async () => {
    await (await open()).vault.write(owner, secrets, 0);
    expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
    expect(existsSync(`${keyFile()}.partial`)).toBe(false);
    await close();
    expect(await (await open()).vault.read(owner)).toMatchObject({ secrets });
  });

  test('whose key file is gone, it is not opened under another, and opens once the file is back', async () => {
    await (await open()).vault.write(owner, secrets, 0);
    await close();
    renameSync(keyFile(), join(folder, 'elsewhere'));
    await expect(open()).rejects.toMatchObject({
      name: 'ConfigurationError',
      message: expect.stringMatching(/vault\.key is not there.*put it back, or set SYNCOPATE_VAULT_KEYS/),
    });
    expect(existsSync(keyFile())).toBe(false);
    const vaultKeys = [readFileSync(join(folder, 'elsewhere'), 'utf8').trim()];
    expect(await (await open({ vaultKeys })).vault.read(owner)).toMatchObject({ secrets });
    await close();
    renameSync(join(folder, 'elsewhere'), keyFile());
    expect(await (await open()).vault.read(owner)).toMatchObject({ secrets });
  });

  test('that has been emptied, a key that is gone is replaced', async () => {
    const { vault } = await open();
    await vault.write(owner, secrets, 0);
    await vault.remove(owner);
    await close();
    rmSync(keyFile());
    await open();
    expect(existsSync(keyFile())).toBe(true);
  });

  test('and a key that is none, the variable or the file is named, and the key is not told', async () => {
    await expect(open({ vaultKeys: ['too short'] })).rejects.toMatchObject({
      name: 'ConfigurationError',
      message: 'SYNCOPATE_VAULT_KEYS: vault key 1 is not 32 bytes in hex or base64',
    });
    writeFileSync(keyFile(), 'too short\n', { mode: 0o600 });
    await expect(open()).rejects.toMatchObject({
      name: 'ConfigurationError',
      message: `${keyFile()}: vault key 1 is not 32 bytes in hex or base64`,
    });
  });

  test('and a new key in front of what was in its file, all of it is sealed anew, and the old one may go', async () => {
    await (await open()).vault.write(owner, secrets, 0);
    await close();
    const [fresh, old] = [newKey(), readFileSync(keyFile(), 'utf8').trim()];
    expect(await rekeyVault({ ...configuration, vaultKeys: [fresh, old] })).toBe(1);
    rmSync(keyFile());
    expect(await (await open({ vaultKeys: [fresh] })).vault.read(owner)).toMatchObject({ secrets });
  });

  test('and keys none of which opens it, nothing is sealed anew', async () => {
    await (await open()).vault.write(owner, secrets, 0);
    await close();
    await expect(rekeyVault({ ...configuration, vaultKeys: [newKey()] })).rejects.toMatchObject({
      name: 'ConfigurationError',
      message: expect.stringContaining('not configured'),
    });
    expect(await (await open()).vault.read(owner)).toMatchObject({ secrets });
  });
});

test('given a folder without a vault, no vault is made to seal it anew', async () => {
  await expect(rekeyVault(configuration)).rejects.toThrow(
    `there is no vault at ${join(folder, 'vault.sqlite')}`,
  );
  expect(existsSync(join(folder, 'vault.sqlite'))).toBe(false);
});
