import { authorised } from '../kit/index.js';
import { playsAnswer } from './answers.js';
import { usageRecord } from './records.js';
/** Spotify's largest page (developer.spotify.com, get-recently-played). */ const PAGE = 50;
/** Pages per run in one direction. About 50 plays are reachable, so this only bounds a provider gone wrong. */ const MAX_PAGES = 20;
/**
 * Reads plays, with a state after each page. Without a cursor it walks back from the newest play; with one it walks
 * on from there. `after` and `before` are exclusive, and must not be sent together.
 */ export async function* readPlays(context, refresh, account, start) {
    let state = {
        ...start,
        account
    };
    if (state.after === undefined || state.before !== undefined) {
        const known = state.after !== undefined;
        for(let page = 0; page < MAX_PAGES; page++){
            const answer = await fetchPage(context, refresh, state.before === undefined ? {} : {
                before: state.before
            });
            const before = (answer.next ?? null) === null || answer.items.length === 0 ? undefined : answer.cursors?.before;
            state = advanced(state, answer, page + 1 < MAX_PAGES ? before ?? undefined : undefined);
            yield* pageMessages(account, answer, state);
            if (state.before === undefined) break;
        }
        if (!known) return;
    }
    for(let page = 0; page < MAX_PAGES; page++){
        const answer = await fetchPage(context, refresh, {
            after: String(state.after)
        });
        const previous = state.after;
        state = advanced(state, answer, undefined);
        yield* pageMessages(account, answer, state);
        if (answer.items.length < PAGE || state.after === previous) return;
    }
}
function fetchPage(context, refresh, cursor) {
    const query = {
        limit: String(PAGE),
        ...cursor
    };
    const path = '/v1/me/player/recently-played';
    return authorised(context, refresh, {
        where: 'api',
        host: 'api',
        method: 'GET',
        path,
        query
    }, playsAnswer);
}
/** An empty page leaves `after` as it was. */ function advanced({ before: _, ...state }, page, before) {
    const instants = page.items.map((play)=>Date.parse(play.played_at));
    const after = Math.max(...instants, state.after ?? Number.NEGATIVE_INFINITY);
    return {
        ...state,
        ...Number.isFinite(after) ? {
            after
        } : {},
        ...before === undefined ? {} : {
            before
        }
    };
}
function* pageMessages(account, page, state) {
    for (const play of page.items)yield {
        kind: 'record',
        record: usageRecord(account, play)
    };
    yield {
        kind: 'state',
        state
    };
}

//# sourceMappingURL=plays.js.map