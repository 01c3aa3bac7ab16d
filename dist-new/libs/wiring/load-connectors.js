import { connectors as ours } from '#lib/connectors';
import { ConfigurationError } from './config.js';
import { loadModule } from './load-module.js';
const SETTING = 'SYNCOPATE_CONNECTORS';
/**
 * Our connectors, and those of the modules that the configuration names: each exports as default one connector, a list
 * of them, or a function that gives either.
 * @throws {ConfigurationError} for a module that cannot be loaded or is no connector, and for an id that is taken.
 */ export async function loadConnectors({ connectorModules }) {
    const all = [
        ...ours
    ];
    for (const named of connectorModules)for (const connector of [
        await loadModule(SETTING, named)
    ].flat()){
        if (!isConnector(connector)) throw new ConfigurationError(`${SETTING}=${named} must export as default what defineConnector returns, or a list of such: an object with a manifest (id, provider, streams, limits, run, …), check(context) and read(context)`);
        const { id } = connector.manifest;
        if (all.some(({ manifest })=>manifest.id === id)) throw new ConfigurationError(`${SETTING}=${named}: there is a connector named ${id} already`);
        all.push(connector);
    }
    return all;
}
/**
 * Providers that an executor is to serve and no connector does, in one line: by such a name nothing will ever run. An engine
 * of the product's own may serve any.
 */ export function tellUnserved({ executorProviders = [] }, connectors, { log, syncEngine }) {
    const served = [
        ...new Set(connectors.map(({ manifest })=>manifest.provider))
    ].sort();
    const unserved = executorProviders.filter((provider)=>!served.includes(provider));
    if (unserved.length === 0 || syncEngine !== undefined) return;
    const message = `SYNCOPATE_EXECUTOR_PROVIDERS: no connector serves ${unserved.join(', ')}; there are connectors for ${served.join(', ')}`;
    log('warn', message);
}
const NEEDED = [
    'id',
    'version',
    'provider',
    'auth',
    'streams',
    'limits',
    'schedule',
    'run',
    'errors',
    'config',
    'secrets'
]; // prettier-ignore
function isConnector(value) {
    if (typeof value !== 'object' || value === null) return false;
    const { manifest, check, read } = value;
    if (typeof check !== 'function' || typeof read !== 'function') return false;
    return typeof manifest === 'object' && manifest !== null && NEEDED.every((name)=>name in manifest);
}

//# sourceMappingURL=load-connectors.js.map