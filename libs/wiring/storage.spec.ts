import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { EventStoreDouble } from '../../test/support/eventstore/index.js';
import { readConfiguration, type Configuration } from './config.js';
import { fileTrouble } from './file-trouble.js';
import { rekeyVault } from './maintenance.js';
import { closeStorage, makeDataFolder, openStorage, type Storage } from './storage.js';

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
    ['the second alone with its log on EventStoreDB', inFile, onServer],
  ])('a second is refused, until the first has left: %s', async (_, first, second) => {
    await open(first());
    await expect(open(second())).rejects.toMatchObject({ code: 'store_in_use' });
    await close();
    await open(second());
  });

  test('a second whose log is no more on EventStoreDB is refused, and told of the log that it lacks once the first has left', async () => {
    await open(onServer());
    await expect(open(inFile())).rejects.toMatchObject({ code: 'store_in_use' });
    await close();
    await expect(open(inFile())).rejects.toThrow(/there is no log at .*SYNCOPATE_EVENTSTORE_URL/);
  });
});

describe('given a folder whose log is gone', () => {
  beforeEach(async () => {
    await open();
    await close();
  });
  const remove = (...names: readonly string[]): void => {
    for (const name of names)
      for (const end of ['', '-wal', '-shm']) rmSync(join(folder, name) + end, { force: true });
  };

  test('no new one is made beside what was made from it, until that was moved away', async () => {
    writeFileSync(join(folder, 'read-model.sqlite'), 'rows');
    remove('events.sqlite');
    for (const gone of ['read-model.sqlite', 'vault.sqlite', 'records.sqlite']) {
      await expect(open()).rejects.toMatchObject({
        name: 'ConfigurationError',
        message: expect.stringMatching(
          `there is no log at .*events.sqlite.*beside it \\(.*${gone}.*move those files away`,
        ),
      });
      expect(existsSync(join(folder, 'events.sqlite'))).toBe(false);
      remove(gone);
    }
    await open();
  });

  test('one that is empty, or whose last part alone is there, is none', async () => {
    writeFileSync(join(folder, 'events.sqlite'), '');
    await expect(open()).rejects.toThrow('there is no log at');
    remove('events.sqlite', 'vault.sqlite', 'records.sqlite');
    writeFileSync(join(folder, 'events.sqlite-wal'), 'what was committed last');
    await expect(open()).rejects.toThrow('(events.sqlite-wal)');
    expect(readFileSync(join(folder, 'events.sqlite-wal'), 'utf8')).toBe('what was committed last');
  });

  test('it starts where only the rest is gone', async () => {
    remove('read-model.sqlite', 'vault.sqlite', 'records.sqlite');
    await open();
  });
});

describe('given a file that cannot be opened, it is named, and so is what helps', () => {
  test.each([
    ['records.sqlite', /records\.sqlite cannot be opened or made .*SYNCOPATE_DATA.* must belong to the user/],
    ['vault.sqlite', /vault\.sqlite cannot be opened or made .*SYNCOPATE_DATA/],
    ['events.sqlite.lock', /events\.sqlite\.lock cannot be opened or made .*SYNCOPATE_DATA/],
  ])('%s is a folder', async (name, message) => {
    await open();
    await close();
    rmSync(join(folder, name));
    mkdirSync(join(folder, name), { mode: 0o700 });
    await expect(open()).rejects.toMatchObject({
      name: 'ConfigurationError',
      message: expect.stringMatching(message),
    });
  });

  test.each([
    ['records.sqlite', /records\.sqlite is damaged, or no database at all .*the next full syncs/],
    ['vault.sqlite', /vault\.sqlite is damaged, or no database at all .*users connect again/],
    ['events.sqlite', /events\.sqlite: the file of the event log is damaged/],
  ])('%s is no database', async (name, message) => {
    await open();
    await close();
    for (const end of ['-wal', '-shm']) rmSync(join(folder, name) + end, { force: true });
    writeFileSync(join(folder, name), 'x'.repeat(8_192), { mode: 0o600 });
    await expect(open()).rejects.toMatchObject({ message: expect.stringMatching(message) });
  });

  test('there is no room for it', async () => {
    const full = sqliteError((db) =>
      db.exec('PRAGMA max_page_count = 2; CREATE TABLE a (b); CREATE TABLE c (d)'),
    );
    expect(fileTrouble(full, '/data/events.sqlite')).toMatchObject({
      name: 'ConfigurationError',
      message: expect.stringMatching(/^\/data\/events\.sqlite: the disk under .*SYNCOPATE_DATA.* is full/),
    });
  });

  test('it may not be written to', async () => {
    const denied = sqliteError((db) => db.exec('PRAGMA query_only = ON; CREATE TABLE a (b)'));
    expect(fileTrouble(denied, '/data/events.sqlite')).toMatchObject({
      message: expect.stringMatching(/^\/data\/events\.sqlite cannot be opened or made .*mode 700/),
    });
  });

  test('its folder is a file, or below one', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    for (const dataFolder of [file, join(file, 'data')])
      expect(() => makeDataFolder({ ...configuration, dataFolder })).toThrow(
        /a-file.* cannot be opened or made .*SYNCOPATE_DATA/,
      );
  });
});

/** What SQLite throws when this is done. */
function sqliteError(work: (db: DatabaseSync) => void): unknown {
  const db = new DatabaseSync(':memory:');
  try {
    return work(db);
  } catch (error) {
    return error;
  } finally {
    db.close();
  }
}

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

  test('and other keys, none of which opens it, it is refused with the variable named, and opens under the first again', async () => {
    const [first, other] = [newKey(), newKey()];
    await (await open({ vaultKeys: [first] })).vault.write(owner, secrets, 0);
    await close();
    writeFileSync(keyFile(), `${other}\n`, { mode: 0o600 });
    for (const vaultKeys of [[other], []])
      await expect(open({ vaultKeys })).rejects.toMatchObject({
        name: 'ConfigurationError',
        message: expect.stringMatching(
          /the configured keys open none of its 1 credentials .*set SYNCOPATE_VAULT_KEYS to the key that was there before/,
        ),
      });
    expect(await (await open({ vaultKeys: [other, first] })).vault.read(owner)).toMatchObject({ secrets });
  });

  test('and keys that open some of it, it opens, and what is locked is told', async () => {
    const [first, second] = [newKey(), newKey()];
    await (await open({ vaultKeys: [first] })).vault.write(owner, secrets, 0);
    await close();
    await (
      await open({ vaultKeys: [second, first] })
    ).vault.write({ ...owner, connection: 'bob' }, secrets, 0);
    await close();
    const notices: string[] = [];
    const onNotice = (message: string): unknown => notices.push(message);
    opened.push(await openStorage({ ...configuration, vaultKeys: [second] }, false, { onNotice }));
    expect(notices).toEqual([expect.stringContaining('1 of its credentials not')]);
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
