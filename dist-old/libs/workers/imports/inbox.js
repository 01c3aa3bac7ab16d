import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { UploadStorageFull } from './uploads.js';
const LOOK_EVERY = 2_000;
/** What a file is called while it is taken: `.taking-<id>-<name>`, by nobody else. */ const TAKING = '.taking-';
const TAKEN = /^\.taking-[0-9a-f-]{36}-(.+)$/;
/** In milliseconds: who began to take a file so long ago was killed. */ const DEAD_MS = 600_000;
const REFUSED = 'refused';
const NAME = /^([A-Za-z0-9][A-Za-z0-9_@:-]{0,127})(\.[A-Za-z0-9.]{1,20})?$/;
/**
 * A folder that is looked at: a file named after a connection (`ann-netflix.zip`) is imported for it and removed. A file
 * is taken once it has stopped growing between two looks, and has a name of its own from then on: what is put under the
 * old one meanwhile is another file, and a second scheduler at the same folder finds nothing. What a killed process was taking comes back
 * ten minutes later. One that is refused goes to
 * `refused/`, where a person finds it; one that comes during an outage stays, and is taken by a later look.
 */ export class Inbox {
    #seen;
    #cancel;
    #looking;
    #reading;
    #stopped;
    constructor(options){
        this.options = options;
        this.#seen = new Map();
        this.#looking = Promise.resolve();
        this.#stopped = false;
    }
    async start() {
        const { folder } = this.options;
        await mkdir(join(folder, REFUSED), {
            recursive: true,
            mode: 0o700
        });
        this.#arm();
    }
    /** A file that is being read is left for the next start. */ async stop() {
        this.#stopped = true;
        this.#cancel?.();
        this.#reading?.destroy();
        await this.#looking;
    }
    #arm() {
        if (this.#stopped) return;
        this.#cancel = this.options.environment.timers.after(LOOK_EVERY, ()=>{
            this.#looking = this.#look().catch((error)=>this.options.onError('inbox', error)).then(()=>this.#arm());
        });
    }
    /** What a process that was killed was taking; not what another scheduler at the same folder takes. */ async #reclaim(entries) {
        const before = this.options.environment.clock.now() - DEAD_MS;
        for (const entry of entries){
            const name = TAKEN.exec(entry)?.[1];
            if (name === undefined) continue;
            const own = join(this.options.folder, entry);
            const found = await stat(own).catch(()=>undefined);
            if (found !== undefined && found.mtimeMs < before) await this.#putBack(name, own);
        }
    }
    async #look() {
        const entries = (await readdir(this.options.folder, {
            withFileTypes: true
        })).filter((entry)=>entry.isFile()).map(({ name })=>name);
        await this.#reclaim(entries);
        const names = entries.filter((name)=>!name.startsWith('.'));
        for (const name of this.#seen.keys())if (!names.includes(name)) this.#seen.delete(name);
        for (const name of names){
            if (this.#stopped) return;
            const shape = await shapeAt(join(this.options.folder, name));
            if (shape === undefined) continue;
            if (this.#seen.get(name) === shape) await this.#take(name, shape);
            else this.#seen.set(name, shape);
        }
    }
    async #take(name, shape) {
        const { folder, environment, onTaken } = this.options;
        const path = join(folder, name);
        const own = join(folder, `${TAKING}${environment.ids.next()}-${name}`);
        this.#seen.delete(name);
        const connection = NAME.exec(name)?.[1];
        if (connection === undefined) return this.#refuse(name, path, new Error('name the file after its connection: ann-netflix.zip'));
        if (!await moved(path, own)) return;
        // Another one was put in its place since it was looked at, and may be growing.
        if (await shapeAt(own) !== shape) return this.#putBack(name, own);
        try {
            // Since when it is being taken.
            const now = environment.clock.now() / 1_000;
            await utimes(own, now, now);
            if (await this.#give(connection, own) === 'later') return await this.#putBack(name, own);
            await rm(own, {
                force: true
            });
        } catch (error) {
            if (this.#stopped || error instanceof UploadStorageFull) return this.#putBack(name, own);
            return this.#refuse(name, own, error);
        }
        onTaken(connection);
    }
    /** One that has come under its name meanwhile is newer, and has taken its place. */ async #putBack(name, own) {
        const path = join(this.options.folder, name);
        if (existsSync(path)) await rm(own, {
            force: true
        });
        else await moved(own, path);
    }
    /** Beside those of the same name that were refused before. */ async #refuse(name, path, error) {
        const { folder, onError } = this.options;
        onError(`inbox ${name}`, error);
        let aside = join(folder, REFUSED, name);
        for(let n = 1; existsSync(aside); n += 1)aside = join(folder, REFUSED, `${n}-${name}`);
        await moved(path, aside);
    }
    /** Whoever takes it may not have read it to its end. */ async #give(connection, path) {
        const content = createReadStream(path);
        this.#reading = content;
        // An error of a file that nobody reads is nobody's.
        content.on('error', ()=>{});
        try {
            return await this.options.take(connection, content);
        } finally{
            this.#reading = undefined;
            content.destroy();
        }
    }
}
/** False where it is not there any more: another scheduler looks at the same folder, or a person took it away. */ async function moved(from, to) {
    try {
        await rename(from, to);
        return true;
    } catch (error) {
        if (error.code === 'ENOENT') return false;
        throw error;
    }
}
const shapeAt = async (path)=>{
    const found = await stat(path).catch(()=>undefined);
    return found === undefined ? undefined : shapeOf(found);
};
const shapeOf = ({ size, mtimeMs })=>`${size} ${mtimeMs}`;

//# sourceMappingURL=inbox.js.map