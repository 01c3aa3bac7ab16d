import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { MemoryVault, readKeyFile, SharedVault, SqliteVault, type SharedMap } from '#lib/credentials';
import { MemoryEventStore } from '#lib/event-store/memory';
import type { EventStore } from '#lib/event-store/port';
import { openSqliteEventStore, SqliteEventStore } from '#lib/event-store/sqlite';
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

/** `sharedVault`: where several schedulers keep credentials together; absent, this one has a file of its own. */
export async function openStorage(
  configuration: Configuration,
  inMemory: boolean,
  sharedVault?: SharedMap,
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
  const store = await openStore(configuration);
  try {
    return {
      store,
      vault:
        openVault(configuration, sharedVault) ??
        new SqliteVault({ path: file('vault.sqlite'), keys: vaultKeys(configuration) }),
      records: new SqliteSink(file('records.sqlite')),
      readModelPath: file(readModelFile),
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** In the order in which nothing is needed any more. */
export async function closeStorage({ records, vault, store }: Omit<Storage, 'readModelPath'>): Promise<void> {
  await records.close();
  await (vault as Partial<{ close(): Promise<void> }>).close?.();
  await store.close();
}

/** The log that the configuration names. */
export async function openStore({
  eventStoreUrl,
  dataFolder,
  allowPlainText,
}: Configuration): Promise<EventStore> {
  if (eventStoreUrl === undefined) return openSqliteEventStore({ path: join(dataFolder, logFile) });
  // Loaded where it is used: the embedded default does without gRPC.
  const { openEventStoreDb } = await import('#lib/event-store/eventstoredb');
  return openEventStoreDb({ url: eventStoreUrl, allowPlainText });
}

function openVault(
  { vaultKeys: keys }: Configuration,
  map: SharedMap | undefined,
): CredentialVault | undefined {
  if (map === undefined) return undefined;
  if (keys.length === 0)
    throw new ConfigurationError(
      'schedulers that share a log share their credentials too: give all of them the same SYNCOPATE_VAULT_KEYS (32 bytes in base64: openssl rand -base64 32)',
    );
  return new SharedVault(map, keys);
}

/** The configured keys, or those of a key file that is made at the first start, readable by its owner only. */
function vaultKeys(configuration: Configuration): readonly string[] {
  if (configuration.vaultKeys.length > 0) return configuration.vaultKeys;
  const path = join(configuration.dataFolder, 'vault.key');
  if (!existsSync(path))
    writeFileSync(path, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  return readKeyFile(path);
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
