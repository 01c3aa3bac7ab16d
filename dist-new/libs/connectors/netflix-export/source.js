import { ConnectorError, handleStream, shownName, zipMembers } from '../kit/index.js';
import { kindByHeader, kindByName } from './sheets.js';
const HEAD_BYTES = 4096;
/**
 * Finds the known files in an upload: a ZIP in any vintage's layout, or one bare CSV. What is empty or unknown is left out.
 * @throws {ConnectorError} CONFIG: empty, too large, neither ZIP nor CSV, or nothing of Netflix in it; SCHEMA_DRIFT: a
 *   CSV with columns that we do not know.
 */ export async function findSheets(handle, file, limits) {
    const { size } = await handle.stat();
    if (size === 0) throw refused('file_empty', `${shownName(file)} is empty: upload it again`);
    if (size > limits.maxFileBytes) throw refused('file_size', `${shownName(file)} is larger than we accept`);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const head = buffer.subarray(0, bytesRead);
    return head.subarray(0, 2).toString('latin1') === 'PK' ? await inZip(handle, limits) : [
        bare(handle, file, head)
    ];
}
async function inZip(handle, limits) {
    const found = [];
    let known = 0;
    for (const member of (await zipMembers(handle, limits))){
        const match = kindByName(member.name);
        if (match === undefined) continue;
        known++;
        if (!match.empty && member.bytes > 0) found.push({
            kind: match.kind,
            label: member.name,
            open: member.open
        });
    }
    if (known > 0) return found;
    throw refused('not_netflix', 'the ZIP holds none of the files of a Netflix export: was another one uploaded?');
}
function bare(handle, file, head) {
    const label = shownName(file);
    const text = head.toString('utf8').replace(/^\uFEFF/, '');
    if (head.includes(0) || /^\s*(<|%PDF|\{|\[)/.test(text)) {
        throw refused('not_csv', `${label} is neither a ZIP nor a CSV: upload the file as Netflix gave it`);
    }
    const kind = kindByHeader(text.split(/\r?\n/, 1)[0] ?? '') ?? kindByName(label)?.kind;
    if (kind === undefined) {
        throw new ConnectorError('SCHEMA_DRIFT', `${label} has columns that we do not know: Netflix changed them, or they are in another language (switch the account to English and export again)`, {
            code: 'columns_unknown'
        });
    }
    return {
        kind,
        label,
        open: async ()=>handleStream(handle)
    };
}
const refused = (code, message)=>new ConnectorError('CONFIG', message, {
        code
    });

//# sourceMappingURL=source.js.map