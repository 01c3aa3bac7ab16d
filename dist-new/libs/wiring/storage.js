import { existsSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MemoryVault } from '#lib/credentials';
import { MemoryEventStore } from '#lib/event-store/memory';
import { lockFile, openSqliteEventStore, SqliteEventStore } from '#lib/event-store/sqlite';
import { openReadModel } from '#lib/projections';
import { MemorySink, SqliteSink } from '#lib/sink';
import { ConfigurationError } from './config.js';
import { opening, openingLog, openingSlowly } from './file-trouble.js';
import { systemEnvironment } from './system-environment.js';
import { openThreadedReadModel, spawnReadModel } from './threaded-read-model.js';
import { openVault, vaultFile } from './vault.js';
export const logFile = 'events.sqlite';
export const readModelFile = 'read-model.sqlite';
const recordsFile = 'records.sqlite';
/** For its owner only. @throws {ConfigurationError} it cannot be made. */ export const makeDataFolder = ({ dataFolder })=>opening(dataFolder, ()=>mkdirSync(dataFolder, {
            recursive: true,
            mode: 0o700
        }));
/** @throws {ConfigurationError} there is no log: a wrong folder is named, not filled. */ export function existingLog(dataFolder) {
    const path = join(dataFolder, logFile);
    if (existsSync(path)) return path;
    throw new ConfigurationError(`there is no log at ${path}: name its folder in SYNCOPATE_DATA`);
}
export async function openStorage(configuration, inMemory, { sharedVault, onTrouble, onNotice } = {}) {
    if (inMemory) return {
        store: new MemoryEventStore(),
        vault: new MemoryVault(),
        records: new MemorySink(),
        readModelPath: ':memory:'
    };
    const file = (name)=>join(configuration.dataFolder, name);
    // First: it refuses when another process has the folder.
    const store = await openLocked(configuration, onTrouble);
    let vault;
    try {
        vault = openVault(configuration, sharedVault, onNotice);
        const records = opening(file(recordsFile), ()=>new SqliteSink(file(recordsFile)), {
            cure: 'move it away: the next full syncs bring the records back'
        });
        return {
            store,
            vault,
            records,
            readModelPath: file(readModelFile)
        };
    } catch (error) {
        await closeVault(vault);
        await store.close();
        throw error;
    }
}
const closeVault = async (vault)=>vault?.close?.();
/** In the order in which nothing is needed any more. */ export async function closeStorage({ records, vault, store }) {
    await records.close();
    await closeVault(vault);
    await store.close();
}
/**
 * With the folder to itself wherever the log lives: read model, records and vault bear one process only. The lock is that of
 * a log in a file, so that a process with one and a process without cannot share a folder either.
 */ async function openLocked(configuration, onTrouble) {
    const { eventStoreUrl, dataFolder } = configuration;
    const path = join(dataFolder, logFile);
    const lockFolder = ()=>opening(path, ()=>lockFile(join(realpathSync(dataFolder), logFile)));
    if (eventStoreUrl === undefined) {
        assertNotLost(dataFolder, lockFolder);
        return openingLog(path, ()=>openStore(configuration));
    }
    const lock = lockFolder();
    try {
        const store = await openStore(configuration, onTrouble);
        const close = store.close.bind(store);
        let closing;
        store.close = ()=>closing ??= close().finally(()=>lock.release());
        return store;
    } catch (error) {
        lock.release();
        throw error;
    }
}
/**
 * A log is what is made first in a folder: one that has the rest has lost it. A new one would take writes that the old one
 * does not have, and what is read beside it would be of another log.
 * @throws {ConfigurationError} nothing is made.
 */ function assertNotLost(dataFolder, lockFolder) {
    const has = (name)=>(statSync(join(dataFolder, name), {
            throwIfNoEntry: false
        })?.size ?? 0) > 0;
    const left = [
        `${logFile}-wal`,
        readModelFile,
        vaultFile,
        recordsFile
    ].filter(has);
    if (has(logFile) || left.length === 0) return;
    // Another process may be at work here, with its log on a server: that comes first.
    lockFolder().release();
    throw new ConfigurationError(`there is no log at ${join(dataFolder, logFile)}, and what was made from one is beside it (${left.join(', ')}): put it back, or a backup of it and no ${readModelFile}; ` + 'if it is elsewhere, name its folder in SYNCOPATE_DATA, or its server in SYNCOPATE_EVENTSTORE_URL; ' + `to begin a new log all the same, move those files away first`);
}
/** The log that the configuration names. */ export async function openStore({ eventStoreUrl, dataFolder, allowPlainText }, onTrouble) {
    if (eventStoreUrl === undefined) return openSqliteEventStore({
        path: join(dataFolder, logFile)
    });
    // Loaded where it is used: the embedded default does without gRPC.
    const { openEventStoreDb } = await import('#lib/event-store/eventstoredb');
    return openEventStoreDb({
        url: eventStoreUrl,
        allowPlainText,
        ...onTrouble === undefined ? {} : {
            onTrouble
        }
    });
}
/** The read model's thread, where there will be one: it loads its modules while the log is opened. */ export const readsAhead = ({ eventStoreUrl }, parts)=>parts.inMemory === true || parts.store !== undefined || eventStoreUrl !== undefined || (parts.environment ?? systemEnvironment) !== systemEnvironment ? undefined : spawnReadModel();
/**
 * In a thread of its own beside a log in a file of ours. Otherwise in this one: a log in memory can be read nowhere
 * else, a clock of somebody else's neither, and a log on a server leaves this thread less to do.
 */ export async function openReads({ store, readModelPath: path }, environment, onFault, ahead) {
    if (store instanceof SqliteEventStore && environment === systemEnvironment) {
        let first = ahead;
        const spawn = ()=>{
            const thread = first ?? spawnReadModel();
            first = undefined;
            return thread;
        };
        return openingSlowly(path, ()=>openThreadedReadModel({
                path,
                store,
                environment,
                onFault
            }, spawn));
    }
    const model = opening(path, ()=>openReadModel({
            path,
            store,
            environment,
            onFault
        }));
    model.start();
    return model;
}

//# sourceMappingURL=storage.js.map