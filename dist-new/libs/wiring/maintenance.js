import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isVaultError } from '#lib/credentials';
import { backUp, openSqliteEventStore } from '#lib/event-store/sqlite';
import { rebuildReadModel } from '#lib/projections';
import { ConfigurationError } from './config.js';
import { openingLog, openingSlowly } from './file-trouble.js';
import { shareThreads } from './share-threads.js';
import { existingLog, readModelFile } from './storage.js';
import { systemEnvironment } from './system-environment.js';
import { openVaultFile, vaultFile } from './vault.js';
/**
 * Both are about the log in a file of ours: beside a log on a server there may be an old one, or none.
 */ function ownLog({ eventStoreUrl, dataFolder }, instead) {
    if (eventStoreUrl !== undefined) throw new ConfigurationError(`the log is on EventStoreDB (SYNCOPATE_EVENTSTORE_URL): ${instead}`);
    return existingLog(dataFolder);
}
/** While the service is stopped: the log's lock refuses it otherwise. */ export async function rebuild(configuration, options) {
    const path = ownLog(configuration, `to build the read model again, stop, delete ${readModelFile}, and start`);
    const store = await openingLog(path, ()=>openSqliteEventStore({
            path
        }));
    const model = join(configuration.dataFolder, readModelFile);
    try {
        return await openingSlowly(model, ()=>rebuildReadModel({
                path: model,
                store,
                environment: systemEnvironment,
                shares: shareThreads(store.path),
                ...options
            }));
    } finally{
        await store.close();
    }
}
/**
 * Copies the log, while the service runs or not, and opens the copy to see that it is whole. Answers the position up
 * to which it reaches.
 */ export async function backupLog(configuration, file) {
    const log = ownLog(configuration, 'use its own backup');
    await openingSlowly(file, ()=>backUp(log, file), {
        folder: 'the folder of the copy'
    });
    // Nobody else knows of it yet: it needs no lock, whose file would stay beside it.
    const store = await openSqliteEventStore({
        path: file,
        lock: false,
        checkUpTo: Infinity
    });
    try {
        return await store.head();
    } finally{
        await store.close();
        dropEmptyWal(file);
    }
}
/** What opening it has left beside it: it is one file, as it will be put in place. */ function dropEmptyWal(file) {
    if (statSync(`${file}-wal`, {
        throwIfNoEntry: false
    })?.size !== 0) return;
    for (const end of [
        '-wal',
        '-shm'
    ])rmSync(file + end, {
        force: true
    });
}
/**
 * Seals under the first key what is still sealed under another; answers how many credentials. The service may run, if it
 * has both keys already.
 */ export async function rekeyVault(configuration) {
    if (configuration.eventStoreUrl !== undefined && configuration.nats !== undefined) throw new ConfigurationError('credentials are in NATS, which schedulers share: leave the older key behind the new one in SYNCOPATE_VAULT_KEYS');
    const path = join(configuration.dataFolder, vaultFile);
    if (!existsSync(path)) throw new ConfigurationError(`there is no vault at ${path}: name its folder in SYNCOPATE_DATA`);
    const vault = openVaultFile(configuration);
    try {
        return await vault.rekey();
    } catch (error) {
        if (isVaultError(error)) throw new ConfigurationError(error.message);
        throw error;
    } finally{
        await vault.close();
    }
}

//# sourceMappingURL=maintenance.js.map