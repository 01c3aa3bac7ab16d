import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
const types = {
    '.html': 'text/html; charset=utf-8',
    '.js': 'text/javascript; charset=utf-8',
    '.css': 'text/css; charset=utf-8',
    '.svg': 'image/svg+xml'
};
export const assetFolder = '/assets/';
/** What holds nothing of anybody's: the page asks for a key itself, and for everything else with it. */ export const isDashboardPath = (path)=>path === '/' || path.startsWith(assetFolder);
/** Beside the sources or in `dist`, the code that runs has the same build: that of the package it is part of. */ function buildFolder() {
    let folder = dirname(fileURLToPath(import.meta.url));
    while(!existsSync(join(folder, 'package.json'))){
        if (dirname(folder) === folder) return undefined;
        folder = dirname(folder);
    }
    return join(folder, 'dist', 'apps', 'dashboard');
}
export class DashboardFiles {
    #files;
    constructor(folder = buildFolder()){
        this.folder = folder;
    }
    get index() {
        return this.#all().get('index.html');
    }
    /** By its bare name: what is not in the folder cannot be asked for. */ asset(name) {
        return this.#all().get(`assets/${name}`);
    }
    #all() {
        this.#files ??= new Map([
            ...this.#read(''),
            ...this.#read('assets')
        ]);
        return this.#files;
    }
    #read(within) {
        const folder = this.folder === undefined ? undefined : join(this.folder, within);
        if (folder === undefined || !existsSync(folder)) return [];
        return readdirSync(folder).flatMap((name)=>{
            const type = types[extname(name)];
            if (type === undefined) return [];
            return [
                [
                    within === '' ? name : `${within}/${name}`,
                    {
                        type,
                        content: readFileSync(join(folder, name))
                    }
                ]
            ];
        });
    }
}

//# sourceMappingURL=dashboard-files.js.map