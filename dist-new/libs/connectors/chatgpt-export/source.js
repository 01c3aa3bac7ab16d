import { refused, uploadHead } from '../amazon-export/upload/index.js';
import { ConnectorError, handleStream, shownName, zipMembers } from '../kit/index.js';
import { isShard, kindByKeys, kindByName, missingShards } from './sheets.js';
import { listedShards } from './small-files.js';
/**
 * Finds the known files in an upload: a ZIP, or one bare JSON file out of it. The account comes first.
 * @throws {ConnectorError} CONFIG: empty, too large, neither ZIP nor JSON, nothing of ChatGPT in it, or a part of the
 *   conversations missing; SCHEMA_DRIFT: a JSON file with keys that we do not know.
 */ export async function findSheets(handle, file, limits) {
    const head = await uploadHead(handle, file, limits);
    if (head.zip) return await inZip(handle, limits);
    return {
        sheets: [
            bare(handle, file, head)
        ],
        whole: false
    };
}
async function inZip(handle, limits) {
    const members = (await zipMembers(handle, limits)).filter(({ name })=>kindByName(name) !== undefined);
    const ofKind = (kind)=>members.filter(({ name, bytes })=>kindByName(name) === kind && bytes > 0);
    if (members.length === 0) throw refused('not_chatgpt', 'the ZIP holds none of the files of a ChatGPT export: was another one uploaded?');
    const [user, all] = [
        ofKind('user'),
        ofKind('conversations')
    ];
    if (user.length + all.length === 0) throw refused('empty_export', 'the files in the ZIP are empty: ask ChatGPT for the export again');
    const shards = all.filter(({ name })=>isShard(name));
    if (shards.length > 0) await refuseGaps(shards, ofKind('shards')[0]);
    // An export that has both tells the same conversations twice.
    const conversations = (shards.length > 0 ? shards : all).toSorted((a, b)=>a.name.localeCompare(b.name));
    const sheet = (kind, { name, open })=>({
            kind,
            label: name,
            open
        });
    const sheets = [
        ...user.map((member)=>sheet('user', member)),
        ...conversations.map((member)=>sheet('conversations', member))
    ];
    return {
        sheets,
        whole: conversations.length > 0
    };
}
/** Counts of some of the shards would be taken for the counts of all. */ async function refuseGaps(shards, manifest) {
    const listed = manifest === undefined ? [] : await listedShards(manifest.open);
    const [first, ...others] = missingShards(shards.map(({ name })=>name), listed);
    if (first === undefined) return;
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    throw refused('shard_missing', `the ZIP lacks ${first}${more}: download the whole export and upload it`);
}
function bare(handle, file, { text }) {
    const label = shownName(file);
    if (!/^\s*[[{]/.test(text)) throw refused('not_json', `${label} is neither a ZIP nor JSON: upload the file as ChatGPT gave it`);
    const kind = kindByKeys(text) ?? kindByName(label.toLowerCase());
    if (kind === 'user' || kind === 'conversations') return {
        kind,
        label,
        open: async ()=>handleStream(handle)
    };
    throw new ConnectorError('SCHEMA_DRIFT', `${label} has keys that we do not know: ChatGPT changed them, or it is another file of the export`, {
        code: 'keys_unknown'
    });
}

//# sourceMappingURL=source.js.map