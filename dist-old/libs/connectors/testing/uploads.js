import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryVault } from '#lib/credentials';
import { Rig } from './rig.js';
/** Uploads to a connector of files: each lies in a folder of its own, as `name` unless told otherwise. */ export function uploadsTo(connector, name) {
    const uploaded = (content, more = {})=>{
        const folder = mkdtempSync(join(tmpdir(), `${connector.manifest.provider}-`));
        const file = join(folder, more.name ?? name);
        if (content !== undefined) writeFileSync(file, content);
        const config = {
            file,
            ...more.config
        };
        const rig = new Rig({
            connector: more.connector ?? connector,
            config,
            vault: new MemoryVault()
        });
        return {
            rig,
            file
        };
    };
    const outcomeOf = async (content, more = {})=>uploaded(content, more).rig.run();
    return {
        uploaded,
        outcomeOf
    };
}
export const failed = (errorClass, code)=>({
        kind: 'failed',
        failure: {
            class: errorClass,
            code
        }
    });

//# sourceMappingURL=uploads.js.map