import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
/** What an operator has set for a service of their own is not for those of the demo. */ export const inherited = (environment)=>Object.fromEntries(Object.entries(environment).filter(([name])=>!name.startsWith('SYNCOPATE_')));
/**
 * Where the demo's data is, for its owner only. A cluster has a folder of its own, as its read models are of another log;
 * what an earlier one left there is of no log any more where that was in memory.
 */ export function openFolder(environment) {
    const { SYNCOPATE_DATA: data = 'data', CLUSTER_NATS: cluster, CLUSTER_LOG_IN_MEMORY: inMemory } = environment;
    const folder = resolve(data, cluster === undefined ? 'demo' : 'demo-cluster');
    if (inMemory !== undefined) rmSync(folder, {
        recursive: true,
        force: true
    });
    mkdirSync(folder, {
        recursive: true,
        mode: 0o700
    });
    return folder;
}

//# sourceMappingURL=surroundings.js.map