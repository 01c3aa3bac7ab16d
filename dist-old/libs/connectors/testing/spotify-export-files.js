import { zip } from './zip-writer.js';
const MINUTE = 60_000;
const TITLES = [
    'Placeholder',
    'The "Demo"',
    'Ünïcode',
    'Synthetic \\ Shore'
];
function playAt(life, at) {
    const { since = '2026-05-04T18:00:30Z', everyMinutes = 24 * 60, seed = 1 } = life;
    return {
        at: new Date(Date.parse(since) + at * everyMinutes * MINUTE).toISOString().replace('.000Z', 'Z'),
        ms: 60_000 + (at * 7_919 + seed * 104_729) % 240_000,
        title: TITLES[(at + seed) % TITLES.length] ?? '',
        id: `demo${seed}x${at % 500}`
    };
}
const playsOf = (life)=>Array.from({
        length: life.plays ?? 40
    }, (_, at)=>playAt(life, at));
/** A row of the extended history. Network and device fields hold what must never be stored. */ export const extendedRow = (play, more = {})=>({
        ts: play.at,
        platform: 'Canary OS 1.0',
        ms_played: play.ms,
        conn_country: 'DE',
        ip_addr: '192.0.2.123',
        master_metadata_track_name: play.title,
        master_metadata_album_artist_name: 'The Demos',
        master_metadata_album_album_name: 'Album',
        spotify_track_uri: `spotify:track:${play.id}`,
        episode_name: null,
        episode_show_name: null,
        spotify_episode_uri: null,
        reason_start: 'trackdone',
        reason_end: 'trackdone',
        shuffle: false,
        skipped: false,
        offline: false,
        offline_timestamp: null,
        incognito_mode: false,
        ...more
    });
export const extendedRows = (life = {})=>playsOf(life).map((play)=>extendedRow(play));
/** Rows of the last year's history: the minute in which a play ended, and names. */ export const yearRows = (life = {})=>playsOf(life).map(({ at, ms, title })=>({
            endTime: at.slice(0, 16).replace('T', ' '),
            artistName: 'The Demos',
            trackName: title,
            msPlayed: ms
        }));
export const userdata = (more = {})=>({
        username: 'demo-listener',
        email: 'canary@example.invalid',
        country: 'DE',
        createdFromFacebook: false,
        facebookUid: null,
        birthdate: '1990-01-01',
        gender: 'x',
        postalCode: null,
        mobileNumber: null,
        mobileOperator: null,
        mobileBrand: null,
        creationTime: '2014-03-02',
        ...more
    });
const file = (name, value)=>({
        name,
        text: JSON.stringify(value, null, 2)
    });
/** The package of account data, with a payment method as its page describes it and one file that nobody reads. */ export const accountFiles = (life = {})=>[
        file('Spotify Account Data/Userdata.json', userdata()),
        file('Spotify Account Data/Payments.json', {
            payment_method: 'CreditCard',
            creation_date: '2024-01-01'
        }),
        file('Spotify Account Data/StreamingHistory_music_0.json', yearRows(life)),
        file('Spotify Account Data/Inferences.json', {
            inferences: [
                'canary'
            ]
        })
    ];
/** The package of the extended history, in two files by year as real ones are. */ export function extendedFiles(life = {}) {
    const rows = extendedRows(life);
    const half = Math.ceil(rows.length / 2);
    const folder = 'Spotify Extended Streaming History';
    return [
        file(`${folder}/Streaming_History_Audio_2026_0.json`, rows.slice(0, half)),
        file(`${folder}/Streaming_History_Audio_2026_1.json`, rows.slice(half)),
        {
            name: `${folder}/ReadMeFirst_ExtendedStreamingHistory.pdf`,
            text: '%PDF-1.7'
        }
    ];
}
export const accountZip = (life = {})=>zip(accountFiles(life));
export const extendedZip = (life = {})=>zip(extendedFiles(life));
/** An extended history of about so many bytes, piece by piece, for files too large to hold. */ export function* extendedText(bytes, life = {}) {
    const minutes = {
        everyMinutes: 3,
        since: '2016-01-01T00:00:00Z',
        ...life
    };
    let written = 0;
    yield '[';
    for(let at = 0; written < bytes; at++){
        const text = `${at === 0 ? '' : ','}${JSON.stringify(extendedRow(playAt(minutes, at)))}`;
        written += text.length;
        yield text;
    }
    yield ']';
}

//# sourceMappingURL=spotify-export-files.js.map