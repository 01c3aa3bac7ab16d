/** `user`: whose account it is, with the plan flag; `shards`: which files the conversations are split into. */ const SHARD = /^conversations-(\d{1,6})\.json$/;
const names = {
    user: /^user\.json$/,
    shards: /^export_manifest\.json$/,
    conversations: /^conversations(-\d{1,6})?\.json$/
};
/**
 * By lower-cased base name; layouts by difegam.github.io/chatgpt-to-markdown/explanation/export-format. `chat.html`,
 * feedback, shared links, settings and attachments are never opened.
 */ export const kindByName = (name)=>[
        'user',
        'shards',
        'conversations'
    ].find((kind)=>names[kind].test(name));
export const isShard = (name)=>SHARD.test(name);
/** By the first keys of a bare file that was renamed. */ export function kindByKeys(head) {
    const keys = new Set([
        ...head.matchAll(/"([a-z_]{1,40})"\s*:/g)
    ].map((match)=>match[1]));
    if (keys.has('mapping') || keys.has('update_time') && keys.has('create_time')) return 'conversations';
    return keys.has('chatgpt_plus_user') ? 'user' : undefined;
}
/** Shards that must be there and are not: `listed` by the manifest of the export, or between others by number. */ export function missingShards(found, listed) {
    const there = new Set(found);
    const numbers = found.map((name)=>SHARD.exec(name)?.[1]).filter((digits)=>digits !== undefined);
    const width = numbers[0]?.length ?? 0;
    const last = Math.max(-1, ...numbers.map(Number));
    const between = Array.from({
        length: Math.min(last, 100_000) + 1
    }, (_, at)=>`conversations-${String(at).padStart(width, '0')}.json`);
    // Numbers begin at 0, as far as was seen; a set that begins at 1 is whole as well.
    const gaps = between.slice(there.has(between[0] ?? '') ? 0 : 1);
    return [
        ...new Set([
            ...listed,
            ...gaps
        ])
    ].filter((name)=>!there.has(name));
}

//# sourceMappingURL=sheets.js.map