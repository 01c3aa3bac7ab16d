import { refused, uploadHead } from '../amazon-export/upload/index.js';
import { ConnectorError, handleStream, shownName, zipMembers } from '../kit/index.js';
import { kindByKeys, kindByName, kinds } from './sheets.js';
/**
 * Finds the known files in an upload: a ZIP of either package, or one bare JSON file out of it.
 * @throws {ConnectorError} CONFIG: empty, too large, neither ZIP nor JSON, or nothing of Spotify in it; SCHEMA_DRIFT: a
 *   JSON file with keys that we do not know.
 */ export async function findSheets(handle, file, limits) {
    const head = await uploadHead(handle, file, limits);
    if (!head.zip) return {
        sheets: [
            bare(handle, file, head)
        ],
        history: false
    };
    const sheets = await inZip(handle, limits);
    return {
        sheets,
        history: sheets.some(({ kind })=>kind === 'extended')
    };
}
async function inZip(handle, limits) {
    const found = [];
    let known = 0;
    for (const { name, bytes, open } of (await zipMembers(handle, limits))){
        const kind = kindByName(name);
        if (kind === undefined) continue;
        known++;
        if (bytes > 0) found.push({
            kind,
            label: name,
            open
        });
    }
    if (known > 0) return inOrder(found);
    throw refused('not_spotify', 'the ZIP holds none of the files of a Spotify export: was another one uploaded?');
}
/** The extended history tells the plays of the last year as well, better: both together would count them twice. */ function inOrder(found) {
    const extended = found.some((sheet)=>sheet.kind === 'extended');
    return kinds.filter((kind)=>kind !== 'plays' || !extended).flatMap((kind)=>found.filter((sheet)=>sheet.kind === kind).sort((a, b)=>a.label.localeCompare(b.label)));
}
function bare(handle, file, { text }) {
    const label = shownName(file);
    if (!/^\s*[[{]/.test(text)) throw refused('not_json', `${label} is neither a ZIP nor JSON: upload the file as Spotify gave it`);
    const kind = kindByKeys(text) ?? kindByName(label.toLowerCase());
    if (kind !== undefined) return {
        kind,
        label,
        open: async ()=>handleStream(handle)
    };
    throw new ConnectorError('SCHEMA_DRIFT', `${label} has keys that we do not know: Spotify changed them, or it is another file of the export`, {
        code: 'keys_unknown'
    });
}

//# sourceMappingURL=source.js.map