import { ConnectorError, handleStream, shownName } from '../kit/index.js';
import { kindByHeader, kindByPath, kinds, saysNothingAlone, versionOf } from './sheets.js';
import { pathedMembers, refused, uploadHead } from './upload/index.js';
/**
 * Finds the known files in an upload: a ZIP, or one bare CSV out of it.
 * @throws {ConnectorError} CONFIG: empty, too large, neither ZIP nor CSV, or nothing of Amazon's subscriptions in it;
 *   SCHEMA_DRIFT: a CSV with columns that we do not know.
 */ export async function findSheets(handle, file, limits) {
    const head = await uploadHead(handle, file, limits);
    return head.zip ? await inZip(handle, limits) : [
        bare(handle, file, head)
    ];
}
async function inZip(handle, limits) {
    const found = [];
    for (const { path, name, bytes, open } of (await pathedMembers(handle, limits))){
        const match = kindByPath(path);
        if (match === undefined) continue;
        const empty = match.empty || bytes === 0;
        found.push({
            kind: match.kind,
            label: name,
            open,
            version: versionOf(path),
            empty
        });
    }
    if (found.some(({ kind })=>!saysNothingAlone(kind))) return kinds.flatMap((kind)=>newest(found.filter((sheet)=>sheet.kind === kind)));
    throw refused('not_amazon', 'the ZIP holds no subscriptions, digital orders or Prime Video history: was another category of the Amazon data uploaded?');
}
/** An export holds a folder in each version of its layout, telling the same facts: only the highest is read. */ function newest(sheets) {
    const told = sheets.filter((sheet)=>!sheet.empty);
    const highest = Math.max(...told.map((sheet)=>sheet.version));
    return told.filter((sheet)=>sheet.version === highest);
}
function bare(handle, file, { bytes, text }) {
    const label = shownName(file);
    if (bytes.includes(0) || /^\s*(<|%PDF|\{|\[)/.test(text)) throw refused('not_csv', `${label} is neither a ZIP nor a CSV: upload the file as Amazon gave it`);
    const kind = kindByHeader(text.split(/\r?\n/, 1)[0] ?? '') ?? kindByPath(label.toLowerCase())?.kind;
    if (kind !== undefined && !saysNothingAlone(kind)) return {
        kind,
        label,
        open: async ()=>handleStream(handle)
    };
    throw new ConnectorError('SCHEMA_DRIFT', `${label} has columns that we do not know: Amazon changed them, or they are in another language (switch the account to English and export again)`, {
        code: 'columns_unknown'
    });
}

//# sourceMappingURL=source.js.map