import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { MemoryVault, readKeyFile, SqliteVault } from './index.js';
import { vaultContract } from './testing/vault-contract.js';

const owner = { tenant: 'default', connection: 'connection-1' };
const key = (): string => randomBytes(32).toString('base64');
const folder = (): string => mkdtempSync(join(tmpdir(), 'vault-'));
const newPath = (): string => join(folder(), 'vault.db');

vaultContract('MemoryVault', async () => new MemoryVault());
vaultContract('SqliteVault', async () => new SqliteVault({ path: newPath(), keys: [key()] }));

describe('SqliteVault', () => {
  test('opened anew: the secrets are still there, and nowhere on disk in clear', async () => {
    const [path, keys] = [newPath(), [key()]];
    const vault = new SqliteVault({ path, keys });
    await vault.write(owner, { refresh_token: 'canary-of-the-vault' }, 0);
    await vault.close();
    for (const file of [path]) expect(readFileSync(file).includes('canary-of-the-vault')).toBe(false);
    expect((await new SqliteVault({ path, keys }).read(owner))?.secrets).toEqual({
      refresh_token: 'canary-of-the-vault',
    });
  });

  test('two handles on one file: a swap lost in one is seen by the other', async () => {
    const [path, keys] = [newPath(), [key()]];
    const [a, b] = [new SqliteVault({ path, keys }), new SqliteVault({ path, keys })];
    await a.write(owner, { a: '1' }, 0);
    expect(await b.write(owner, { a: '2' }, 1)).toBe(2);
    expect(await a.write(owner, { a: '3' }, 1)).toBeUndefined();
    expect((await a.read(owner))?.secrets).toEqual({ a: '2' });
  });

  test('another key: says which key is missing, and no secret', async () => {
    const path = newPath();
    await new SqliteVault({ path, keys: [key()] }).write(owner, { a: 'canary' }, 0);
    const reading = new SqliteVault({ path, keys: [key()] }).read(owner);
    await expect(reading).rejects.toMatchObject({
      code: 'key_unknown',
      message: expect.stringContaining('not configured'),
    });
  });

  test('a new key in front: old records open, and rekey moves them under it', async () => {
    const [path, old, fresh] = [newPath(), key(), randomBytes(32).toString('hex')];
    await new SqliteVault({ path, keys: [old] }).write(owner, { a: '1' }, 0);
    const both = new SqliteVault({ path, keys: [fresh, old] });
    expect((await both.read(owner))?.secrets).toEqual({ a: '1' });
    expect(await both.rekey()).toBe(1);
    expect(await both.rekey()).toBe(0);
    expect(await new SqliteVault({ path, keys: [fresh] }).read(owner)).toEqual({
      secrets: { a: '1' },
      version: 1,
    });
  });

  test.each([
    [
      'copied to another connection',
      "INSERT INTO credentials SELECT tenant, 'connection-2', version, key_id, nonce, box FROM credentials",
    ],
    [
      'copied to another tenant',
      "INSERT INTO credentials SELECT 'other', 'connection-2', version, key_id, nonce, box FROM credentials",
    ],
    [
      'given another version',
      "INSERT INTO credentials SELECT tenant, 'connection-2', version + 1, key_id, nonce, box FROM credentials",
    ],
  ])('a record %s: does not open', async (_, sql) => {
    const [path, keys] = [newPath(), [key()]];
    const vault = new SqliteVault({ path, keys });
    await vault.write(owner, { a: '1' }, 0);
    new DatabaseSync(path).exec(sql);
    const tenant = sql.includes('other') ? 'other' : 'default';
    await expect(vault.read({ tenant, connection: 'connection-2' })).rejects.toMatchObject({
      code: 'record_unreadable',
    });
  });

  test('made by us: only its owner may read the file', async () => {
    const path = newPath();
    const vault = new SqliteVault({ path, keys: [key()] });
    await vault.write(owner, { a: '1' }, 0);
    for (const name of ['', '-wal', '-shm']) expect(statSync(path + name).mode & 0o777).toBe(0o600);
  });

  test('readable by others, file or key file, or in a folder that others may write to: refused', () => {
    const [path, keys] = [newPath(), [key()]];
    writeFileSync(path, '');
    chmodSync(path, 0o644);
    expect(() => new SqliteVault({ path, keys })).toThrow(
      expect.objectContaining({ code: 'unsafe_permissions' }),
    );
    expect(() => readKeyFile(path)).toThrow(expect.objectContaining({ code: 'unsafe_permissions' }));
    const open = folder();
    chmodSync(open, 0o777);
    expect(() => new SqliteVault({ path: join(open, 'v.db'), keys })).toThrow(
      expect.objectContaining({ code: 'unsafe_permissions' }),
    );
  });

  test.each([['', 'short', 'A'.repeat(44), '0'.repeat(64), `${key()}x`]])(
    'keys that are none: refused without their text',
    (...keys) => {
      for (const text of keys) {
        expect(() => new SqliteVault({ path: newPath(), keys: [text] })).toThrow(
          expect.objectContaining({ code: 'key_invalid' }),
        );
      }
    },
  );

  test('a key file of mode 0600: one key a line, comments skipped', () => {
    const path = join(folder(), 'keys');
    writeFileSync(path, '# current\nabc\n\ndef\n', { mode: 0o600 });
    expect(readKeyFile(path)).toEqual(['abc', 'def']);
  });
});
