import { ConnectorError, isConnectorError, pointer } from '../kit/index.js';
import { itemsOf } from './rows.js';
import { digest } from './state.js';
/**
 * All pages of one read, as the lists of their items.
 * @throws {ConnectorError} SCHEMA_DRIFT where pages lead in a circle, CONFIG where there are more than the settings
 *   allow: to end there in silence would look like having read everything.
 */ export async function* pagesOf(source, config, since) {
    const { maxPages, maxItems } = config.limits;
    const seen = new Set();
    let next = {
        parameters: {
            ...since,
            ...firstParameters(config)
        }
    };
    let [read, short, last] = [
        0,
        false,
        ''
    ];
    for(let page = 1; next !== undefined; page++){
        if (page > maxPages) throw tooMuch(`${maxPages} pages`, 'maxPages');
        const url = next.url ?? source.address(next.parameters);
        const asked = `${url.href} ${JSON.stringify(next.parameters)}`;
        if (seen.has(asked)) throw circle(config);
        seen.add(asked);
        const answer = await answered(source.ask(url, next.parameters), config, page, short);
        if (answer === undefined) return;
        const items = itemsOf(answer, config.records.items);
        if (isCounted(config) && items.length > 0) {
            const content = digest(JSON.stringify(items), 22);
            // Behind the last page some services answer it once more, and those that do not count pages their only one.
            if (short && content === last) return;
            // A service that does not know the parameter answers its first page for ever.
            if (seen.has(content)) throw circle(config);
            seen.add(content);
            last = content;
        }
        read += items.length;
        if (read > maxItems) throw tooMuch(`${maxItems} items`, 'maxItems');
        if (page === 1) short = items.length < askedFor(config);
        yield items;
        next = nextOf(config, {
            url,
            answer,
            page,
            read,
            items: items.length,
            short
        }, since);
    }
}
/**
 * Undefined: what was counted on to is behind the last page. Most services answer with an empty one, some say that there is no
 * such thing; that it was a bad request is believed only where the page before was the first and looked like the last.
 */ async function answered(asked, config, page, short) {
    try {
        return await asked;
    } catch (error) {
        const behind = page === 2 && short ? [
            'http_404',
            'http_400',
            'http_416',
            'http_422'
        ] : [
            'http_404'
        ];
        if (isCounted(config) && page > 1 && isConnectorError(error, 'CONFIG') && behind.includes(error.code ?? '')) return undefined;
        throw error;
    }
}
/** How many items a page holds where there are so many; 0: that is the service's to say. */ function askedFor({ paging }) {
    if (paging.kind === 'offset') return paging.limit;
    return paging.kind === 'page' ? paging.size?.value ?? 0 : 0;
}
function firstParameters({ paging }) {
    if (paging.kind === 'offset') return {
        [paging.parameter]: 0,
        [paging.limitParameter]: paging.limit
    };
    if (paging.kind !== 'page') return {};
    const size = paging.size === undefined ? {} : {
        [paging.size.parameter]: paging.size.value
    };
    return {
        [paging.parameter]: paging.first,
        ...size
    };
}
function nextOf(config, here, since) {
    const { paging } = config;
    switch(paging.kind){
        case 'none':
            return undefined;
        case 'next_url':
            {
                const url = nextUrl(pointer(here.answer, paging.next), here.url);
                return url === undefined ? undefined : {
                    url,
                    parameters: config.method === 'POST' ? since : {}
                };
            }
        case 'cursor':
            {
                const ended = paging.more !== undefined && pointer(here.answer, paging.more) === false;
                const cursor = pointer(here.answer, paging.next);
                if (ended || cursor === undefined || cursor === null || cursor === '') return undefined;
                if (typeof cursor !== 'string' && typeof cursor !== 'number') throw unreadable(paging.next);
                return {
                    parameters: {
                        ...since,
                        [paging.parameter]: cursor
                    }
                };
            }
        case 'page':
        case 'offset':
            {
                // A service that keeps to what it is asked for has told all with a page that is not full.
                if (here.items === 0 || !here.short && here.items < askedFor(config)) return undefined;
                const at = paging.kind === 'page' ? paging.first + here.page : here.read;
                return {
                    parameters: {
                        ...since,
                        ...firstParameters(config),
                        [paging.parameter]: at
                    }
                };
            }
    }
}
function nextUrl(value, from) {
    if (value === undefined || value === null || value === '') return undefined;
    const url = typeof value === 'string' ? URL.parse(value, from) : null;
    if (url === null) throw unreadable('the next address');
    return url;
}
export const isCounted = ({ paging })=>paging.kind === 'page' || paging.kind === 'offset';
const circle = ({ provider })=>new ConnectorError('SCHEMA_DRIFT', `${provider} sends the same page again: its paging is another than set`, {
        code: 'paging_loop'
    });
const unreadable = (where)=>new ConnectorError('SCHEMA_DRIFT', `the way to the next page (${where}) is not readable`, {
        code: 'paging'
    });
const tooMuch = (what, setting)=>new ConnectorError('CONFIG', `there are more than ${what}: raise limits.${setting}, or narrow the query`, {
        code: 'too_much'
    });

//# sourceMappingURL=pages.js.map