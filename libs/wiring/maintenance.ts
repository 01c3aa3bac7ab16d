import { join } from 'node:path';
import { backUp, openSqliteEventStore } from '#lib/event-store/sqlite';
import { rebuildReadModel, type RebuildReport } from '#lib/projections';
import type { Configuration } from './config.js';
import { shareThreads } from './share-threads.js';
import { logFile, readModelFile } from './storage.js';
import { systemEnvironment } from './system-environment.js';

/** While the service is stopped: the log's lock refuses it otherwise. */
export async function rebuild(
  configuration: Configuration,
  options: { readonly swap: boolean; readonly onProgress?: (position: number, head: number) => void },
): Promise<RebuildReport> {
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
  await backUp(join(configuration.dataFolder, logFile), file);
  const store = await openSqliteEventStore({ path: file });
  try {
    return await store.head();
  } finally {
    await store.close();
  }
}
