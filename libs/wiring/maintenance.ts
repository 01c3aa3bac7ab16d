import { join } from 'node:path';
import { backUp, openSqliteEventStore } from '#lib/event-store/sqlite';
import { rebuildReadModel, type RebuildReport } from '#lib/projections';
import { ConfigurationError, type Configuration } from './config.js';
import { shareThreads } from './share-threads.js';
import { logFile, readModelFile } from './storage.js';
import { systemEnvironment } from './system-environment.js';

/** Both are about the log in a file of ours: beside a log on a server there may be an old one, or none. */
function assertOwnLog({ eventStoreUrl }: Configuration, instead: string): void {
  if (eventStoreUrl === undefined) return;
  throw new ConfigurationError(`the log is on EventStoreDB (SYNCOPATE_EVENTSTORE_URL): ${instead}`);
}

/** While the service is stopped: the log's lock refuses it otherwise. */
export async function rebuild(
  configuration: Configuration,
  options: { readonly swap: boolean; readonly onProgress?: (position: number, head: number) => void },
): Promise<RebuildReport> {
  assertOwnLog(configuration, `to build the read model again, stop, delete ${readModelFile}, and start`);
  const store = await openSqliteEventStore({ path: join(configuration.dataFolder, logFile) });
  try {
    return await rebuildReadModel({
      path: join(configuration.dataFolder, readModelFile),
      store,
      environment: systemEnvironment,
      shares: shareThreads(store.path),
      ...options,
    });
  } finally {
    await store.close();
  }
}

/**
 * Copies the log, while the service runs or not, and opens the copy to see that it is whole. Answers the position up
 * to which it reaches.
 */
export async function backupLog(configuration: Configuration, file: string): Promise<number> {
  assertOwnLog(configuration, 'use its own backup');
  await backUp(join(configuration.dataFolder, logFile), file);
  const store = await openSqliteEventStore({ path: file });
  try {
    return await store.head();
  } finally {
    await store.close();
  }
}
