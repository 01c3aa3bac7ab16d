import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { connectionAggregate } from '#lib/application/actors';
import { connectionStream } from '#lib/contracts/streams';
import { SharedVault, type SharedMap } from '#lib/credentials';
import { readConfiguration } from './config.js';
import { Engine } from './engine.js';
import { silent } from './log.js';
import { assertVault } from './vault-check.js';

const newKey = (): string => randomBytes(32).toString('base64');
const [key, other] = [newKey(), newKey()];
const owner = (connection: string) => ({ tenant: 'default', connection });
const secrets = { refresh_token: 'canary' };

/** What schedulers share, as each of them opens it. */
function shared(): SharedMap {
  const entries = new Map<string, { value: string; revision: number }>();
  return {
    read: async (name) => entries.get(name),
    write: async (name, value, revision) => {
      if ((entries.get(name)?.revision ?? 0) !== revision) return false;
      entries.set(name, { value, revision: revision + 1 });
      return true;
    },
  };
}
const readModel = {
  newestConnections: () => ['c', 'b', 'a'].map((id) => ({ tenant: 'default', id })),
};

test('given a vault that schedulers share, keys that open nothing of it are refused, those that open something are not', async () => {
  const map = shared();
  const check = (...keys: readonly string[]): Promise<void> =>
    assertVault({ vault: new SharedVault(map, keys), readModel });
  await check(other);
  for (const id of ['a', 'b']) await new SharedVault(map, [key]).write(owner(id), secrets, 0);
  await check(key);
  await check(other, key);
  await expect(check(other)).rejects.toMatchObject({
    name: 'ConfigurationError',
    message: expect.stringMatching(
      /^SYNCOPATE_VAULT_KEYS: they open nothing .*the keys that the others have/,
    ),
  });
  await new SharedVault(map, [other]).write(owner('c'), secrets, 0);
  await check(other);
});

test('given a vault that is away, that is for others to say', async () => {
  const vault = { read: () => Promise.reject(new Error('no responders')) };
  await assertVault({ vault, readModel });
});

test('given a connection whose key is gone, an executor that asks for it is told to wait', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'syncopate-vault-'));
  const configuration = (...vaultKeys: readonly string[]) => ({
    ...readConfiguration({}),
    dataFolder,
    vaultKeys,
  });
  const first = await Engine.open(configuration(key), { log: silent });
  const register = {
    type: 'RegisterConnection',
    id: 'ann',
    user: 'ann',
    provider: 'bank',
    config: {},
  } as const;
  const context = { tenant: 'default', actor: 'api:test', correlation: 'c-1' };
  await first.actors.execute(connectionAggregate, connectionStream('default', 'ann'), register, context);
  await first.vault.write(owner('ann'), secrets, 0);
  await first.stop(0);
  const rotated = await Engine.open(configuration(other, key), { log: silent });
  await rotated.vault.write(owner('bob'), secrets, 0);
  await rotated.stop(0);
  const said: string[] = [];
  const later = await Engine.open(configuration(other), {
    log: (level, message) => said.push(`${level} ${message}`),
  });
  expect(said).toEqual([
    expect.stringMatching(/^warn vault.sqlite: the configured keys open 1 of its credentials not/),
  ]);
  expect(await later.connectors.credentials.view(owner('ann'))).toMatchObject({
    granted: false,
    class: 'DATA_NOT_READY',
    code: 'credentials_unreadable',
  });
  await later.stop(0);
  rmSync(dataFolder, { recursive: true });
});
