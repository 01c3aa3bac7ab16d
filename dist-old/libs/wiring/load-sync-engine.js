import { ConfigurationError } from './config.js';
import { loadModule } from './load-module.js';
const SETTING = 'SYNCOPATE_SYNC_ENGINE';
/**
 * The product's own engine: a module whose default export is a {@link SyncEngine}, or a function that makes one;
 * undefined where none is named.
 * @throws {ConfigurationError} where there is no such module, or it exports something else.
 */ export async function loadSyncEngine({ syncEngineModule }) {
    if (syncEngineModule === undefined) return undefined;
    const engine = await loadModule(SETTING, syncEngineModule);
    if (isSyncEngine(engine)) return engine;
    throw new ConfigurationError(`${SETTING}=${syncEngineModule} must export as default an object with sync(task, context), or a function that makes one`);
}
const isSyncEngine = (value)=>typeof value === 'object' && value !== null && 'sync' in value && typeof value.sync === 'function';

//# sourceMappingURL=load-sync-engine.js.map