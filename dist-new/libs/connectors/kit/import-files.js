import { open, realpath } from 'node:fs/promises';
import { basename, isAbsolute, relative, resolve, sep } from 'node:path';
import { ConnectorError } from './connector-error.js';
/**
 * The files that users uploaded. Paths come from connection settings, so they are checked, and checked again after links
 * are followed.
 */ export class ImportFiles {
    constructor(options = {}, tenant){
        this.options = options;
        this.tenant = tenant;
    }
    /** The same, of one tenant: what lies in a folder of its name, or of the default tenant what lies in none of an upload. */ of(tenant) {
        return new ImportFiles(this.options, tenant);
    }
    /** Uploads are at `<tenant>/<connection>/<digest>`; what an operator put elsewhere is the default tenant's. */ #isTheirs(inside) {
        if (this.tenant === undefined) return true;
        const parts = inside.split(sep);
        if (parts[0] === this.tenant && parts.length === 3) return true;
        return this.tenant === 'default' && !(parts.length === 3 && /^[\da-f]{64}$/.test(parts[2] ?? ''));
    }
    /**
   * Opens for reading; undefined when there is no such file yet. The handle stays on the file that was there, also
   * when a newer upload is renamed over it.
   * @throws {ConnectorError} CONFIG: outside the folder, not a regular file, not readable.
   */ async open(file) {
        const path = await this.#locate(file);
        if (path === undefined) return undefined;
        let handle;
        try {
            handle = await open(path, 'r');
            if ((await handle.stat()).isFile()) return handle;
        } catch (error) {
            if (isMissing(error)) return undefined;
            await handle?.close();
            throw refused(`${shownName(file)} cannot be read by this process`);
        }
        await handle.close();
        throw refused(`${shownName(file)} is not a regular file`);
    }
    async #locate(file) {
        const { root } = this.options;
        try {
            if (root === undefined) return await realpath(resolve(file));
            const home = await realpath(root);
            const wanted = resolve(home, file);
            // Before it is looked at: whether there is such a file elsewhere is nobody's business.
            const asked = liesIn(home, wanted) ? relative(home, wanted) : relative(resolve(root), wanted);
            if ((liesIn(home, wanted) || liesIn(resolve(root), wanted)) && this.#isTheirs(asked)) {
                const path = await realpath(wanted);
                if (liesIn(home, path) && this.#isTheirs(relative(home, path))) return path;
            }
        } catch (error) {
            if (isMissing(error)) return undefined;
            throw refused(`${shownName(file)} cannot be read by this process`);
        }
        throw refused(`${shownName(file)} lies outside the import folder`);
    }
}
/**
 * What a message calls an upload: its name, or no name where it is stored under the digest of its content, which nobody knows
 * it by, and which would be masked as if it were a credential.
 */ export function shownName(file) {
    const name = basename(file);
    return /^[\da-f]{64}$/.test(name) ? 'the upload' : name;
}
function liesIn(folder, path) {
    const inside = relative(folder, path);
    return inside !== '' && inside.split(sep)[0] !== '..' && !isAbsolute(inside);
}
const isMissing = (error)=>typeof error === 'object' && error !== null && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
const refused = (message)=>new ConnectorError('CONFIG', message, {
        code: 'import_file'
    });

//# sourceMappingURL=import-files.js.map