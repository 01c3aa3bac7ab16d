import { createPrivateKey, createPublicKey } from 'node:crypto';
import { accessSync, constants, mkdirSync, readFileSync, statSync } from 'node:fs';
import { keeping } from '#lib/event-store/feed';
import { isEventStoreError } from '#lib/event-store/port';
import { LogShare } from '#lib/event-store/sqlite';
import { rounds } from '#lib/ports';
import { auditedStreams, DigestFolder, parseDigest, seal, verifyAudit } from '#lib/projections/audit';
import { ConfigurationError } from './config.js';
import { opening } from './file-trouble.js';
import { existingLog, openStore } from './storage.js';
/** The first pass comes soon after a start: what a service did that never lives for a whole interval is sealed too. */ const FIRST_MS = 10_000;
function readKey(name, path, read, kind) {
    let key;
    try {
        key = read(readFileSync(path));
    } catch (error) {
        throw new ConfigurationError(`${name}: ${path} cannot be read as a key: ${error.message}`);
    }
    if (key.asymmetricKeyType === 'ed25519') return key;
    throw new ConfigurationError(`${name}: ${path} holds a key of type ${key.asymmetricKeyType}; ${kind}`);
}
/** Whoever reads it could seal another log in our name. Its group may: secrets are mounted so. */ const OTHERS = 0o007;
function privateKey(path) {
    const name = 'SYNCOPATE_AUDIT_KEY_FILE';
    const key = readKey(name, path, createPrivateKey, 'make one with openssl genpkey -algorithm ed25519');
    if ((statSync(path).mode & OTHERS) !== 0) throw new ConfigurationError(`${name}: others may read or change ${path}: run chmod 600 on it`);
    return key;
}
/** @throws {ConfigurationError} there is one, and it is none that signs. */ const auditKeyOf = ({ auditKeyFile })=>auditKeyFile === undefined ? undefined : privateKey(auditKeyFile);
/**
 * Looks at what the log is to be sealed with and into, before anything is opened.
 * @throws {ConfigurationError} there is a key, and it is none that signs; there is a folder, and it is none that takes files.
 */ export function assertAuditable(configuration) {
    auditKeyOf(configuration);
    const { auditFolder: folder } = configuration;
    if (folder === undefined) return;
    try {
        mkdirSync(folder, {
            recursive: true,
            mode: 0o700
        });
        accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    } catch (error) {
        throw new ConfigurationError(`SYNCOPATE_AUDIT_FOLDER: ${folder} is no folder that digests can be put into: ${error.message}`);
    }
}
const readerOf = (store)=>(after, limit)=>store.readAll(after, limit, auditedStreams);
/** Seals the log again and again, where a folder for the digests is configured. Each node may: all have the same chain. */ export class AuditSealing {
    #folder;
    #key;
    #stopping;
    #running;
    #sealedUpTo;
    /** @throws {ConfigurationError} the key is none. */ constructor(options){
        this.options = options;
        this.#stopping = new AbortController();
        this.#running = Promise.resolve();
        this.#sealedUpTo = 0;
        const { auditFolder } = options.configuration;
        this.#folder = auditFolder === undefined ? undefined : new DigestFolder(auditFolder);
        this.#key = auditKeyOf(options.configuration);
    }
    /** The position up to which the log was sealed, here, since the start. */ get sealedUpTo() {
        return this.#sealedUpTo;
    }
    start() {
        if (this.#folder !== undefined) this.#running = this.#run(this.#folder);
    }
    async stop() {
        this.#stopping.abort();
        await this.#running;
    }
    async #run(folder) {
        const { configuration, environment, onError, onBroken } = this.options;
        const { signal } = this.#stopping;
        const { auditMs: everyMs } = configuration;
        for await (const _ of rounds(environment, {
            firstMs: Math.min(FIRST_MS, everyMs),
            everyMs
        }, signal)){
            try {
                await this.#pass(folder, signal);
            } catch (error) {
                if (isEventStoreError(error, 'corrupt_event')) return onBroken(error);
                onError('audit', error);
            }
        }
    }
    async #pass(folder, signal) {
        const { store, environment, onSealed } = this.options;
        const digests = await seal({
            read: readerOf(store),
            folder,
            key: this.#key,
            known: this.#sealedUpTo > 0,
            signal,
            now: ()=>environment.clock.now(),
            turn: ()=>new Promise((resolve)=>environment.timers.soon(resolve))
        });
        for (const digest of digests)onSealed(digest);
        this.#sealedUpTo = digests.at(-1)?.upTo ?? this.#sealedUpTo;
    }
}
/** What seals the log of an engine. */ export const openAudit = ({ configuration, store, environment, log, telemetry }, onError)=>new AuditSealing({
        configuration,
        store,
        environment,
        onSealed: (digest)=>log('info', 'the log was sealed', digest),
        onError,
        onBroken: (error)=>{
            telemetry.errors.inc({
                where: 'audit'
            });
            log('error', 'the log is not the one that was sealed, and is not sealed any more', {
                error
            });
        }
    });
/** The log without its lock: it is read while a service writes to it. */ async function openLog(configuration) {
    if (configuration.eventStoreUrl !== undefined) {
        const store = await openStore(configuration);
        return {
            read: readerOf(store),
            close: ()=>store.close()
        };
    }
    const path = existingLog(configuration.dataFolder);
    // What is missing or damaged in it are findings, and no end.
    const log = opening(path, ()=>new LogShare(path, {
            nth: 0,
            of: 1
        }, undefined, false));
    const isAudited = keeping(auditedStreams);
    const read = async (after, limit)=>{
        let page = log.page(after, limit);
        const kept = ()=>page.filter(({ stream })=>isAudited(stream));
        for(let found = kept();; found = kept()){
            if (found.length > 0 || page.length === 0) return found;
            page = log.page(page.at(-1)?.position ?? after, limit);
        }
    };
    return {
        read,
        assertWhole: ()=>log.assertWhole(),
        close: ()=>log.close()
    };
}
/** Holds the log against its digests, and against those that were kept elsewhere. The service may run. */ export async function auditLog(configuration, { folder, anchors, publicKeyFile }) {
    const kept = anchors.map((path)=>{
        try {
            return parseDigest(readFileSync(path, 'utf8'));
        } catch (error) {
            throw new ConfigurationError(`${path} is no digest: ${error.message}`);
        }
    });
    const publicKey = publicKeyFile === undefined ? undefined : readKey('--public-key', publicKeyFile, createPublicKey, 'digests are signed with Ed25519');
    const { close, ...log } = await openLog(configuration);
    try {
        return await verifyAudit({
            ...log,
            folder: new DigestFolder(folder),
            anchors: kept,
            publicKey
        });
    } finally{
        await close();
    }
}

//# sourceMappingURL=audit.js.map