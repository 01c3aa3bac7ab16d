import { ConnectorError, isConnectorError, throwIfCancelled } from '../kit/index.js';
import { keysOfDay } from './records.js';
import { digest } from './state.js';
/** Seconds: OpenAI's buckets begin at midnight UTC. */ export const DAY_SECONDS = 86_400;
/** Pages of one run. Ten years are 3,650 where each day has to be asked for alone; more is a provider that turns in circles. */ const MAX_PAGES = 5_000;
/**
 * Reads a series page by page, with a state after each. Without a mark that is everything since the first day; with
 * one it goes on there, and says of buckets that were read before only those that have changed. What is younger than
 * the lag stays in front of the mark, so that it is read again: late costs change it. A run that died in the middle
 * thereby goes on with the first bucket that it had not stored. A bucket that is told is told in whole: whatever else
 * was stored of its day, by an earlier reading, by other settings or by an attempt that died, is withdrawn.
 */ export async function* readSeries(ask, series, span, before, signal) {
    const settled = span.today - span.lagDays * DAY_SECONDS;
    const since = Math.min(span.since, before?.from ?? span.since);
    const start = Math.max(since, Math.min(before?.from ?? since, settled));
    const end = span.today + DAY_SECONDS;
    let seen = before?.seen ?? {};
    let [place, reached] = [
        {
            start,
            limit: series.limit
        },
        start
    ];
    for(let count = 0; count < MAX_PAGES; count++){
        throwIfCancelled(signal);
        const answer = await pageAt(ask, series, place, end);
        if (answer === undefined) {
            place = {
                start: reached,
                limit: Math.floor(place.limit / 2)
            };
            continue;
        }
        for (const bucket of inOrder(answer, reached)){
            reached = bucket.end_time;
            const [name, told] = [
                String(bucket.start_time),
                digest(bucket)
            ];
            if (seen[name] !== told) yield* wholeDay(series, bucket, span.began);
            seen = {
                ...seen,
                [name]: told
            };
        }
        place = {
            ...place,
            page: nextPage(answer, place.page)
        };
        const from = Math.min(place.page === undefined ? end : reached, Math.max(settled, since));
        seen = Object.fromEntries(Object.entries(seen).filter(([name])=>Number(name) >= from));
        yield {
            kind: 'mark',
            mark: {
                from,
                seen
            }
        };
        if (place.page === undefined) return;
    }
    throw drift(`${series.path} never comes to an end`);
}
function* wholeDay({ stream, records }, bucket, since) {
    for (const record of records(bucket))yield {
        kind: 'record',
        record
    };
    yield {
        kind: 'complete',
        stream,
        since,
        within: keysOfDay(bucket)
    };
}
/** Undefined: a page of so many days is larger than we accept, and can be asked for in halves. */ async function pageAt(ask, { path, query, schema }, { start, page, limit }, end) {
    const range = {
        start_time: String(start),
        end_time: String(end),
        limit: String(limit),
        page
    };
    try {
        return await ask(path, {
            ...query,
            ...range
        }, schema);
    } catch (error) {
        if (isConnectorError(error, 'SCHEMA_DRIFT') && error.code === 'body_too_large' && limit > 1) return undefined;
        // All but the page was accepted before. Its cursor lives within one run: the next attempt asks anew from where we are.
        if (page !== undefined && isConnectorError(error, 'CONFIG') && error.code === 'http_400') throw new ConnectorError('TRANSIENT', 'OpenAI does not know the page any more that it named', {
            code: 'page_expired'
        });
        throw error;
    }
}
/** A page's buckets, oldest first. What goes back behind the page before would leave a hole where a run dies. */ function inOrder({ data }, reached) {
    const ascending = data.toSorted((a, b)=>a.start_time - b.start_time);
    const broken = ascending.some((bucket, at)=>bucket.start_time < (ascending[at - 1]?.end_time ?? reached) || bucket.end_time <= bucket.start_time);
    if (broken) throw drift('buckets overlap or come out of order');
    return ascending;
}
function nextPage({ has_more, next_page }, current) {
    if (!has_more) return undefined;
    if (typeof next_page !== 'string') throw drift('has_more is said without next_page');
    if (next_page === current) throw drift('a page names itself as the next one');
    return next_page;
}
const drift = (what)=>new ConnectorError('SCHEMA_DRIFT', `OpenAI changed how it pages: ${what}`, {
        code: 'paging'
    });

//# sourceMappingURL=series.js.map