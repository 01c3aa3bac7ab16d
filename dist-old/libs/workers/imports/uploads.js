import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
/** There is nothing in it: what was uploaded before stays. */ export class UploadEmpty extends Error {
    constructor(){
        super('the file is empty: nothing was stored, and what was there before stays'), this.name = 'UploadEmpty';
    }
}
export class UploadTooLarge extends Error {
    constructor(limit){
        super(`the file is larger than ${Math.floor(limit / 1024 ** 2)} MiB`), this.limit = limit, this.name = 'UploadTooLarge';
    }
}
/** The disk, or somebody's share of it, is full: nothing is wrong with the file. */ export class UploadStorageFull extends Error {
    constructor(){
        super('the disk under the import folder is full; nothing was stored'), this.name = 'UploadStorageFull', this.code = 'storage_full';
    }
}
const isFull = (error)=>[
        'ENOSPC',
        'EDQUOT'
    ].includes(String(error.code));
const PARTIAL = '.partial-';
/** Whoever has written nothing for so long was killed: others may be writing, where schedulers share the folder. */ const DEAD_MS = 3_600_000;
/** Removes what killed processes left half-written. */ async function sweep(root) {
    const before = Date.now() - DEAD_MS;
    for (const tenant of (await readdir(root, {
        withFileTypes: true
    }))){
        if (!tenant.isDirectory()) continue;
        for (const connection of (await readdir(join(root, tenant.name), {
            withFileTypes: true
        })))if (connection.isDirectory()) await sweepOne(join(root, tenant.name, connection.name), before);
    }
}
async function sweepOne(folder, before) {
    for (const name of (await readdir(folder))){
        if (!name.startsWith(PARTIAL)) continue;
        const path = join(folder, name);
        const found = await stat(path).catch(()=>undefined);
        if (found !== undefined && found.mtimeMs < before) await rm(path, {
            force: true
        });
    }
}
/**
 * Stores uploads under `<tenant>/<connection>/<digest>`: streamed, so that a large one costs no memory; whole or not at
 * all, so that a connector never reads half a file; and under its content's name, so that the same file again is the
 * same file. Older uploads of the connection are removed once it names the new one: a connector that reads one keeps
 * its handle.
 */ export class Uploads {
    #swept;
    /** Stored and not named by their connection yet, by path: how many uploads of that content. */ #unnamed;
    constructor(root, limit){
        this.root = root;
        this.limit = limit;
        this.#swept = false;
        this.#unnamed = new Map();
    }
    /** @throws {UploadTooLarge} {@link UploadEmpty} {@link UploadStorageFull} nothing is left behind. */ async store(owner, content) {
        const folder = this.#folder(owner);
        const partial = join(folder, `${PARTIAL}${randomUUID()}`);
        // Once a process, beside its first upload: what it cannot remove stays for the next.
        if (!this.#swept) void sweep(this.root).catch(()=>{});
        this.#swept = true;
        const hash = createHash('sha256');
        let bytes = 0;
        const { limit } = this;
        const measured = new Transform({
            transform (chunk, _encoding, next) {
                bytes += chunk.length;
                if (bytes > limit) return next(new UploadTooLarge(limit));
                hash.update(chunk);
                next(null, chunk);
            }
        });
        try {
            await mkdir(folder, {
                recursive: true,
                mode: 0o700
            });
            await pipeline(content, measured, createWriteStream(partial, {
                mode: 0o600,
                flush: true
            }));
            if (bytes === 0) throw new UploadEmpty();
            const digest = hash.digest('hex');
            const path = join(folder, digest);
            this.#unnamed.set(path, (this.#unnamed.get(path) ?? 0) + 1);
            await rename(partial, path).catch((error)=>{
                this.#named(path);
                throw error;
            });
            return {
                file: `${owner.tenant}/${owner.connection}/${digest}`,
                bytes,
                digest
            };
        } catch (error) {
            await rm(partial, {
                force: true
            });
            throw isFull(error) ? new UploadStorageFull() : error;
        }
    }
    /**
   * The connection names this upload now: its others are not needed any more. One that came at the same time, and is about
   * to be named itself, is: whether it is older tells nothing of which is named last.
   */ async prune(owner, digest) {
        const folder = this.#folder(owner);
        this.#named(join(folder, digest));
        const coming = new Set(this.#unnamed.keys());
        const own = await stat(join(folder, digest)).catch(()=>undefined);
        // A later one has taken its place.
        if (own === undefined) return;
        for (const name of (await readdir(folder))){
            const path = join(folder, name);
            if (name === digest || name.startsWith(PARTIAL) || coming.has(path)) continue;
            // A later one than this is about to be named itself, by another scheduler perhaps.
            const other = await stat(path).catch(()=>undefined);
            if (other === undefined || other.mtimeMs >= own.mtimeMs || this.#unnamed.has(path)) continue;
            await rm(path, {
                force: true
            });
        }
    }
    /** Removes everything that was uploaded for a connection. */ async remove(owner) {
        await rm(this.#folder(owner), {
            recursive: true,
            force: true
        });
    }
    /** What was stored is not going to be named, now at least: the next upload may remove it. */ release(owner, digest) {
        this.#named(join(this.#folder(owner), digest));
    }
    #folder({ tenant, connection }) {
        return join(this.root, tenant, connection);
    }
    #named(path) {
        const left = (this.#unnamed.get(path) ?? 0) - 1;
        if (left > 0) this.#unnamed.set(path, left);
        else this.#unnamed.delete(path);
    }
}

//# sourceMappingURL=uploads.js.map