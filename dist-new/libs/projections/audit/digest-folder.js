import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from './chain.js';
import { parseDigest } from './digest.js';
const NAME = /^(\d{9})\.json$/;
export const digestName = (number)=>`${String(number).padStart(9, '0')}.json`;
/** What was done to a file or a folder outlives a loss of power. */ function durably(path, flags, work) {
    const file = openSync(path, flags, 0o600);
    try {
        work?.(file);
        fsyncSync(file);
    } finally{
        closeSync(file);
    }
}
/** The digests of a log, one file each, numbered. Files are added, never changed: a folder that only takes new ones will do. */ export class DigestFolder {
    constructor(path){
        this.path = path;
    }
    /** Those that are there, in order. */ numbers() {
        return readdirSync(this.path).map((name)=>NAME.exec(name)?.[1]).filter((digits)=>digits !== undefined).map(Number).sort((one, other)=>one - other);
    }
    /** @throws {Error} naming the file, when it is no digest. */ read(number) {
        const name = digestName(number);
        const text = readFileSync(join(this.path, name), 'utf8');
        try {
            return parseDigest(text);
        } catch (error) {
            throw new Error(`${join(this.path, name)}: ${error.message}`, {
                cause: error
            });
        }
    }
    last() {
        mkdirSync(this.path, {
            recursive: true,
            mode: 0o700
        });
        const number = this.numbers().at(-1);
        return number === undefined ? undefined : this.read(number);
    }
    /** Whole or not at all, and for good. False: somebody else has added one of this number. */ add({ digest, text }) {
        const name = join(this.path, digestName(digest.number));
        // By its content: who writes the same name at the same time writes the same.
        const written = `${name}.${sha256(text).slice(0, 16)}.new`;
        durably(written, 'w', (file)=>writeSync(file, text));
        try {
            linkSync(written, name);
        } catch (error) {
            if (error.code === 'EEXIST') return false;
            throw error;
        } finally{
            rmSync(written, {
                force: true
            });
        }
        durably(this.path, 'r');
        return true;
    }
}

//# sourceMappingURL=digest-folder.js.map