import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import {
  holdsSecrets,
  isVaultError,
  makeKeyFile,
  MemoryVault,
  readKeyFile,
  SharedVault,
  SqliteVault,
  type SharedMap,
} from '#lib/credentials';
import { MemoryEventStore } from '#lib/event-store/memory';
import type { EventStore } from '#lib/event-store/port';
import { lockFile, openSqliteEventStore, SqliteEventStore } from '#lib/event-store/sqlite';
import type { CredentialVault } from '#lib/ports';
import type { Environment, SyncedRecords } from '#lib/ports';
import { openReadModel, type Fault, type ReadModel } from '#lib/projections';
import { MemorySink, SqliteSink } from '#lib/sink';
import { ConfigurationError, type Configuration } from './config.js';
import { systemEnvironment } from './system-environment.js';
import { openThreadedReadModel, spawnReadModel } from './threaded-read-model.js';

/** Everything that outlives the process, each in a file of its own. */
export type Storage = {
  readonly store: EventStore;
  readonly vault: CredentialVault;
  readonly records: SyncedRecords;
  readonly readModelPath: string;
};

export const logFile = 'events.sqlite';
export const readModelFile = 'read-model.sqlite';
export const vaultFile = 'vault.sqlite';

/** @throws {ConfigurationError} there is no log: a wrong folder is named, not filled. */
export function existingLog(dataFolder: string): string {
  const path = join(dataFolder, logFile);
  if (existsSync(path)) return path;
  throw new ConfigurationError(`there is no log at ${path}: name its folder in SYNCOPATE_DATA`);
}

/** What goes wrong with the way to a log on a server, and is tried again. */
type OnTrouble = (what: string, error: unknown) => void;

export type StorageOptions = {
  /** Where several schedulers keep credentials together; absent, this one has a file of its own. */
  readonly sharedVault?: SharedMap | undefined;
  readonly onTrouble?: OnTrouble;
};

export async function openStorage(
  configuration: Configuration,
  inMemory: boolean,
  { sharedVault, onTrouble }: StorageOptions = {},
): Promise<Storage> {
  if (inMemory)
    return {
      store: new MemoryEventStore(),
      vault: new MemoryVault(),
      records: new MemorySink(),
      readModelPath: ':memory:',
    };
  const file = (name: string): string => join(configuration.dataFolder, name);
  // First: it refuses when another process has the folder.
  const store = await openLocked(configuration, onTrouble);
  let vault: CredentialVault | undefined;
  try {
    vault = openVault(configuration, sharedVault);
    const records = new SqliteSink(file('records.sqlite'));
    return { store, vault, records, readModelPath: file(readModelFile) };
  } catch (error) {
    await closeVault(vault);
    await store.close();
    throw error;
  }
}

const closeVault = async (vault: CredentialVault | undefined): Promise<void> =>
  (vault as Partial<{ close(): Promise<void> }> | undefined)?.close?.();

/** In the order in which nothing is needed any more. */
export async function closeStorage({ records, vault, store }: Omit<Storage, 'readModelPath'>): Promise<void> {
  await records.close();
  await closeVault(vault);
  await store.close();
}

/**
 * With the folder to itself wherever the log lives: read model, records and vault bear one process only. The lock is that of
 * a log in a file, so that a process with one and a process without cannot share a folder either.
 */
async function openLocked(configuration: Configuration, onTrouble?: OnTrouble): Promise<EventStore> {
  const { eventStoreUrl, dataFolder } = configuration;
  if (eventStoreUrl === undefined) return openStore(configuration);
  const lock = lockFile(join(realpathSync(dataFolder), logFile));
  try {
    const store = await openStore(configuration, onTrouble);
    const close = store.close.bind(store);
    let closing: Promise<void> | undefined;
    store.close = () => (closing ??= close().finally(() => lock.release()));
    return store;
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The log that the configuration names. */
export async function openStore(
  { eventStoreUrl, dataFolder, allowPlainText }: Configuration,
  onTrouble?: OnTrouble,
): Promise<EventStore> {
  if (eventStoreUrl === undefined) return openSqliteEventStore({ path: join(dataFolder, logFile) });
  // Loaded where it is used: the embedded default does without gRPC.
  const { openEventStoreDb } = await import('#lib/event-store/eventstoredb');
  return openEventStoreDb({
    url: eventStoreUrl,
    allowPlainText,
    ...(onTrouble === undefined ? {} : { onTrouble }),
  });
}

function openVault(configuration: Configuration, map: SharedMap | undefined): CredentialVault {
  if (map === undefined) return openVaultFile(configuration, makeKeyFile);
  const { vaultKeys: keys } = configuration;
  if (keys.length === 0)
    throw new ConfigurationError(
      'schedulers that share a log share their credentials too: give all of them the same SYNCOPATE_VAULT_KEYS (32 bytes in base64: openssl rand -base64 32)',
    );
  return explained('SYNCOPATE_VAULT_KEYS', () => new SharedVault(map, keys));
}

/**
 * The vault in the data folder, under the configured keys or those of a key file; `makeKey`: makes that file, readable by
 * its owner only, where there is neither.
 * @throws {ConfigurationError} the keys cannot be used, or the one is gone under which credentials are sealed
 */
export function openVaultFile(
  { dataFolder, vaultKeys: keys }: Configuration,
  makeKey?: (path: string) => void,
): SqliteVault {
  const path = join(dataFolder, vaultFile);
  if (keys.length > 0) return explained('SYNCOPATE_VAULT_KEYS', () => new SqliteVault({ path, keys }));
  const keyFile = join(dataFolder, 'vault.key');
  return explained(keyFile, () => {
    if (!existsSync(keyFile)) {
      if (holdsSecrets(path)) throw new ConfigurationError(keyGone(keyFile));
      makeKey?.(keyFile);
    }
    return new SqliteVault({ path, keys: readKeyFile(keyFile) });
  });
}

const keyGone = (keyFile: string): string =>
  `${keyFile} is not there, and ${vaultFile} holds credentials that are sealed under it: put it back, or set SYNCOPATE_VAULT_KEYS to what was in it; where it is lost, move ${vaultFile} away: users connect again`;

/** What is wrong with a vault's keys or files is for whoever set them, and holds no secret. */
function explained<T>(keys: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    if (isVaultError(error, 'key_invalid')) throw new ConfigurationError(`${keys}: ${error.message}`);
    if (isVaultError(error)) throw new ConfigurationError(error.message);
    throw error;
  }
}

/** The read model's thread, where there will be one: it loads its modules while the log is opened. */
export const readsAhead = (
  { eventStoreUrl }: Configuration,
  parts: { readonly inMemory?: boolean; readonly store?: EventStore; readonly environment?: Environment },
): Worker | undefined =>
  parts.inMemory === true ||
  parts.store !== undefined ||
  eventStoreUrl !== undefined ||
  (parts.environment ?? systemEnvironment) !== systemEnvironment
    ? undefined
    : spawnReadModel();

/**
 * In a thread of its own beside a log in a file of ours. Otherwise in this one: a log in memory can be read nowhere
 * else, a clock of somebody else's neither, and a log on a server leaves this thread less to do.
 */
export async function openReads(
  { store, readModelPath: path }: Pick<Storage, 'store' | 'readModelPath'>,
  environment: Environment,
  onFault: (fault: Fault) => void,
  ahead?: Worker,
): Promise<ReadModel> {
  if (store instanceof SqliteEventStore && environment === systemEnvironment) {
    let first = ahead;
    return openThreadedReadModel({ path, store, environment, onFault }, () => {
      const thread = first ?? spawnReadModel();
      first = undefined;
      return thread;
    });
  }
  const model = openReadModel({ path, store, environment, onFault });
  model.start();
  return model;
}
