import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SyncEngine } from '#lib/ports';
import { ConfigurationError, type Configuration } from './config.js';

/**
 * The product's own engine: a module whose default export is a {@link SyncEngine}, or a function that makes one.
 * @throws {ConfigurationError} where there is no such module, or it exports something else.
 */
export async function loadSyncEngine({ syncEngineModule }: Configuration): Promise<SyncEngine> {
  if (syncEngineModule === undefined)
    throw new ConfigurationError(
      'set SYNCOPATE_SYNC_ENGINE to the module that does the work of this executor',
    );
  const url = /^[./]/.test(syncEngineModule)
    ? pathToFileURL(resolve(syncEngineModule)).href
    : syncEngineModule;
  let exported: unknown;
  try {
    exported = ((await import(url)) as { readonly default?: unknown }).default;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError(`SYNCOPATE_SYNC_ENGINE=${syncEngineModule} cannot be loaded: ${why}`);
  }
  const engine: unknown = typeof exported === 'function' ? await (exported as () => unknown)() : exported;
  if (isSyncEngine(engine)) return engine;
  throw new ConfigurationError(
    `SYNCOPATE_SYNC_ENGINE=${syncEngineModule} must export as default an object with sync(task, context), or a function that makes one`,
  );
}

const isSyncEngine = (value: unknown): value is SyncEngine =>
  typeof value === 'object' && value !== null && 'sync' in value && typeof value.sync === 'function';
