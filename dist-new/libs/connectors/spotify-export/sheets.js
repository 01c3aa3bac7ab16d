/** `account`: Userdata; `plays`: the last year, by minute; `extended`: everything, by second and with ids. */ /**
 * Read in this order, whatever the order in the archive: the account names whose plays they are. File names by
 * support.spotify.com/article/understanding-my-data and Yooooomi/your_spotify#593; podcasts and audiobooks have files of
 * their own. Searches, inferences, playlists and followers are never opened.
 */ const names = {
    account: /^userdata\.json$/,
    payments: /^payments\.json$/,
    extended: /^(streaming_history_(audio|video)(_.*)?|endsong(_\d+)?)\.json$/,
    plays: /^streaminghistory(_?[a-z]*)?_?\d*\.json$/
};
export const kinds = [
    'account',
    'payments',
    'extended',
    'plays'
];
/** By lower-cased base name: folders changed (`MyData/`, `Spotify Account Data/`, `Spotify Extended Streaming History/`). */ export const kindByName = (name)=>kinds.find((kind)=>names[kind].test(name));
/** By the first keys of a bare file that was renamed. */ export function kindByKeys(head) {
    const keys = new Set([
        ...head.matchAll(/"([A-Za-z_]{1,40})"\s*:/g)
    ].map((match)=>match[1]));
    if (keys.has('ts') && keys.has('ms_played')) return 'extended';
    if (keys.has('endTime') && keys.has('msPlayed')) return 'plays';
    if (keys.has('creationTime') && keys.has('username')) return 'account';
    return keys.has('payment_method') || keys.has('paymentMethod') ? 'payments' : undefined;
}

//# sourceMappingURL=sheets.js.map