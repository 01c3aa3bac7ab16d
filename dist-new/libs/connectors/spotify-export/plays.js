import { z } from 'zod';
import { recordKey } from '../amazon-export/upload/index.js';
const text = z.string().nullish();
const millis = z.number().int().nonnegative();
/** Only what is kept is asked for: addresses, devices and user agents are dropped here. */ const extendedPlay = z.object({
    ts: z.iso.datetime({
        offset: true
    }),
    username: text,
    ms_played: millis,
    conn_country: text,
    master_metadata_track_name: text,
    master_metadata_album_artist_name: text,
    spotify_track_uri: text,
    episode_name: text,
    episode_show_name: text,
    spotify_episode_uri: text,
    audiobook_title: text,
    audiobook_uri: text,
    audiobook_chapter_uri: text,
    audiobook_chapter_title: text,
    skipped: z.boolean().nullish()
});
/** Names may be missing: newer files were seen without (Yooooomi/your_spotify#540). */ const yearPlay = z.object({
    endTime: z.string().regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/),
    msPlayed: millis,
    artistName: text,
    trackName: text,
    podcastName: text,
    episodeName: text,
    authorName: text,
    audiobookName: text
});
/**
 * A row of the extended history. `ts` is the end of the play, in UTC. `usual`: whose it is where neither the upload nor the
 * row says.
 */ export function extendedRecord(row, account, usual) {
    const parsed = extendedPlay.safeParse(row);
    if (!parsed.success) return {
        bad: wrong(parsed.error)
    };
    const play = parsed.data;
    return record({
        account: account || play.username || usual,
        at: new Date(play.ts).toISOString().replace('.000Z', 'Z'),
        ms: play.ms_played,
        ...whatPlayed(play),
        country: play.conn_country ?? null,
        skipped: play.skipped ?? null
    });
}
/** A row of the last year's history: no ids, and the minute in which the play ended, in UTC. */ export function yearRecord(row, account) {
    const parsed = yearPlay.safeParse(row);
    if (!parsed.success) return {
        bad: wrong(parsed.error)
    };
    const { endTime, msPlayed, ...names } = parsed.data;
    const at = Date.parse(`${endTime.replace(' ', 'T')}:00Z`);
    if (Number.isNaN(at)) return {
        bad: 'endTime: no such date'
    };
    const episode = names.episodeName ?? names.podcastName ?? null;
    const book = names.audiobookName ?? null;
    return record({
        account,
        at: `${new Date(at).toISOString().slice(0, 19)}Z`,
        ms: msPlayed,
        media: episode !== null ? 'episode' : book === null ? 'track' : 'audiobook',
        item: names.trackName ?? episode ?? book,
        ref: null,
        by: names.artistName ?? names.podcastName ?? names.authorName ?? null
    });
}
function whatPlayed(play) {
    const book = play.audiobook_chapter_uri ?? play.audiobook_uri ?? null;
    if (book !== null || typeof play.audiobook_title === 'string') {
        const item = play.audiobook_chapter_title ?? play.audiobook_title ?? null;
        return {
            media: 'audiobook',
            item,
            ref: idOf(book),
            by: play.audiobook_title ?? null
        };
    }
    if (typeof play.spotify_episode_uri === 'string' || typeof play.episode_name === 'string') {
        const [item, ref] = [
            play.episode_name ?? null,
            idOf(play.spotify_episode_uri)
        ];
        return {
            media: 'episode',
            item,
            ref,
            by: play.episode_show_name ?? null
        };
    }
    const item = play.master_metadata_track_name ?? null;
    return {
        media: 'track',
        item,
        ref: idOf(play.spotify_track_uri),
        by: play.master_metadata_album_artist_name ?? null
    };
}
/**
 * The fields of the Web API connector's plays, under a key that begins like theirs: account, instant, id. The
 * milliseconds are added because an export may tell one track twice at the same second.
 */ function record({ account, at, ms, media, item, ref, by, country, skipped }) {
    const identity = ref ?? [
        by,
        item
    ].filter((part)=>part !== null).join(' - ');
    return {
        stream: 'usage',
        key: recordKey(account, at, identity, ms),
        data: {
            account_ref: account === '' ? null : account,
            kind: 'play',
            item,
            item_ref: ref,
            occurred_at: at,
            amount: ms,
            unit: 'ms',
            by,
            media,
            ...country === undefined ? {} : {
                country
            },
            ...skipped === undefined ? {} : {
                skipped
            },
            source: 'export'
        }
    };
}
/** `spotify:track:<id>` → the id by which the Web API knows the track. */ const idOf = (uri)=>uri?.split(':').at(-1) ?? null;
const wrong = (error)=>error.issues.slice(0, 3).map((issue)=>`${issue.path.map(String).join('.') || 'row'}: ${issue.code}`).join(', ');

//# sourceMappingURL=plays.js.map