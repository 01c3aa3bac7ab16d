/** One listener as the Web API shows them. `product` absent: as development-mode apps see it since February 2026. */ /** Reachable plays, whatever was asked: the API looks no further back. */ const REACHABLE = 50;
export const profile = (user)=>({
        account_id: `acc_${user.id}`,
        id: user.id,
        display_name: 'Demo Listener',
        type: 'user',
        uri: `spotify:user:${user.id}`,
        images: [],
        ...user.product === undefined ? {} : {
            product: user.product,
            country: 'SE'
        }
    });
/** `GET /v1/me/player/recently-played`: newest first, cursors exclusive, `after` and `before` never together. */ export function recentlyPlayed(user, query) {
    const [after, before] = [
        query.get('after'),
        query.get('before')
    ];
    if (after !== null && before !== null) {
        return {
            status: 400,
            body: {
                error: {
                    status: 400,
                    message: 'Must not provide both after and before'
                }
            }
        };
    }
    const limit = Number(query.get('limit') ?? 20);
    const reachable = user.plays.toSorted((a, b)=>b.at - a.at).slice(0, REACHABLE);
    const rest = reachable.filter((play)=>(after === null || play.at > Number(after)) && (before === null || play.at < Number(before)));
    // Forwards from a cursor the oldest come first, so that a reader can walk on; within a page newest first all the same.
    const page = after === null ? rest.slice(0, limit) : rest.slice(-limit);
    const [newest, oldest] = [
        page[0],
        page.at(-1)
    ];
    const cursors = newest === undefined || oldest === undefined ? null : {
        after: String(newest.at),
        before: String(oldest.at)
    };
    const next = page.length < rest.length ? 'https://api.spotify.com/v1/me/player/recently-played?more' : null;
    return {
        status: 200,
        body: {
            items: page.map(item),
            next,
            cursors,
            limit,
            href: 'https://api.spotify.com/v1/me/player/recently-played'
        }
    };
}
const item = ({ at, track, name })=>({
        track: {
            id: track,
            uri: `spotify:track:${track}`,
            name,
            duration_ms: 180_000,
            artists: [
                {
                    id: 'artist_demo',
                    name: 'The Stand-Ins'
                }
            ],
            album: {
                id: 'album_demo',
                name: 'Synthetic'
            }
        },
        played_at: new Date(at).toISOString(),
        context: null
    });

//# sourceMappingURL=spotify-plays.js.map