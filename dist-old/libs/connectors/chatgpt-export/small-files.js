import { basename } from 'node:path/posix';
import { z } from 'zod';
import { refused } from '../amazon-export/upload/index.js';
import { ConnectorError, isConnectorError, parseJson } from '../kit/index.js';
const MAX_BYTES = 1024 * 1024;
const userFile = z.object({
    id: z.string().min(1).max(200).nullish(),
    /** The same for Plus, Pro and Go (d3i-infra/data-donation-task, chatgpt.py). */ chatgpt_plus_user: z.boolean().nullish()
});
/** @throws {ConnectorError} CONFIG: not JSON, or too large; SCHEMA_DRIFT: without what we look for. */ export async function readUser(open, label) {
    const text = await smallText(open, label);
    const value = text === undefined ? undefined : parseJson(text);
    if (value === undefined) throw refused('json_broken', `${label} is not complete JSON: download and upload it again`);
    // Some exports were seen with a list of one.
    const parsed = userFile.safeParse(Array.isArray(value) && value.length === 1 ? value[0] : value);
    const user = parsed.success ? parsed.data : undefined;
    if (typeof user?.id === 'string' || typeof user?.chatgpt_plus_user === 'boolean') return user;
    throw new ConnectorError('SCHEMA_DRIFT', `${label} tells neither the account nor the plan any more`, {
        code: 'user_unknown'
    });
}
const part = z.union([
    z.string(),
    z.object({
        path: z.string()
    }),
    z.object({
        name: z.string()
    })
]);
const manifestFile = z.object({
    logical_files: z.object({
        'conversations.json': z.object({
            files: z.array(part).max(10_000)
        })
    })
});
/** Base names that `export_manifest.json` lists; none where it is of another shape, because it is only a second witness. */ export async function listedShards(open) {
    const text = await smallText(open, 'export_manifest.json');
    const parsed = manifestFile.safeParse(text === undefined ? undefined : parseJson(text));
    const parts = parsed.success ? parsed.data.logical_files['conversations.json'].files : [];
    return parts.map((entry)=>{
        const path = typeof entry === 'string' ? entry : 'path' in entry ? entry.path : entry.name;
        return basename(path).toLowerCase();
    });
}
/** Undefined when it is longer than 1 MiB. */ async function smallText(open, label) {
    const stream = await open();
    const pieces = [];
    let bytes = 0;
    try {
        for await (const piece of stream){
            bytes += piece.length;
            if (bytes > MAX_BYTES) return undefined;
            pieces.push(piece);
        }
        return Buffer.concat(pieces).toString('utf8');
    } catch (error) {
        if (isConnectorError(error)) throw error;
        throw refused('zip_broken', `${label} cannot be unpacked: download and upload the ZIP again`);
    } finally{
        stream.destroy();
    }
}

//# sourceMappingURL=small-files.js.map