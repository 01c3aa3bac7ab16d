import { createServer } from 'node:http';
import { grouped, OpenaiBooks, tokensOf } from './openai-books.js';
import { make, send } from './trouble.js';
const DAY = 86_400;
export const openaiPaths = {
    costs: '/v1/organization/costs',
    completions: '/v1/organization/usage/completions'
};
const failed = (status, message, more = {})=>({
        status,
        body: {
            error: {
                message,
                type: 'invalid_request_error',
                param: null,
                code: null,
                ...more
            }
        }
    });
const refusal = (status, message, more = {}, headers = {})=>({
        kind: 'status',
        ...failed(status, message, more),
        headers
    });
/** Errors by developers.openai.com/docs/guides/error-codes, ready to be scripted. */ export const openaiTroubles = {
    of: refusal,
    rateLimited: (headers = {})=>refusal(429, 'Rate limit reached for requests', {
            type: 'requests',
            code: 'rate_limit_exceeded'
        }, headers),
    insufficientQuota: (headers = {})=>{
        const code = 'insufficient_quota';
        return refusal(429, 'You exceeded your current quota, please check your plan', {
            type: code,
            code
        }, headers);
    },
    overloaded: (headers = {})=>refusal(503, 'The server is overloaded', {
            code: 'server_is_overloaded'
        }, headers),
    missingScope: ()=>refusal(403, 'You have insufficient permissions for this operation. Missing scopes: api.usage.read.'),
    ipRefused: ()=>refusal(401, 'IP not authorized', {
            code: 'ip_not_authorized'
        }),
    countryRefused: ()=>refusal(403, 'Country, region, or territory not supported', {
            code: 'unsupported_country_region_territory'
        })
};
/** OpenAI's Costs and Usage API on 127.0.0.1. For tests and for the demo; nothing that runs in production may import it. */ export class OpenaiStandIn {
    #keys;
    #script;
    #server;
    constructor(now, pageSize){
        this.now = now;
        this.pageSize = pageSize;
        this.requests = [];
        this.books = new OpenaiBooks();
        this.#keys = new Map();
        this.#script = [];
        this.#server = createServer((request, response)=>{
            try {
                this.#answer(request, response);
            } catch  {
                response.destroy();
            }
        });
    }
    /** `pageSize`: the largest page, however many buckets are asked for. */ static async start({ now = Date.now, pageSize = 180 } = {}) {
        const standIn = new OpenaiStandIn(now, pageSize);
        const { promise, resolve, reject } = Promise.withResolvers();
        standIn.#server.once('error', reject).listen(0, '127.0.0.1', resolve);
        await promise;
        return standIn;
    }
    /** For `HttpOptions.baseUrls`, together with `allowLoopback: true`. */ get baseUrls() {
        const address = this.#server.address();
        const port = typeof address === 'object' && address !== null ? address.port : 0;
        return {
            'openai.org_costs': {
                api: `http://127.0.0.1:${port}`
            }
        };
    }
    /** A new key that this organization accepts. */ addKey(key, kind = 'admin') {
        this.#keys.set(key, kind);
        return key;
    }
    revoke(key) {
        this.#keys.delete(key);
    }
    /** The next `times` requests to a path meet a trouble, after `skip` that do not. Scripted in order. */ script(what, trouble, { times = 1, skip = 0 } = {}) {
        this.#script.push({
            what,
            trouble,
            skip,
            left: times
        });
    }
    asked(path) {
        return this.requests.filter((request)=>request.path === path);
    }
    async close() {
        const { promise, resolve } = Promise.withResolvers();
        this.#server.close(()=>resolve());
        this.#server.closeAllConnections();
        await promise;
    }
    #answer(request, response) {
        const url = new URL(request.url ?? '/', 'http://stand-in');
        const { authorization } = request.headers;
        const names = [
            ...new Set(url.searchParams.keys())
        ];
        const query = Object.fromEntries(names.map((name)=>[
                name,
                url.searchParams.getAll(name)
            ]));
        this.requests.push({
            path: url.pathname,
            query,
            authorization
        });
        const scripted = this.#script.find((entry)=>entry.left > 0 && url.pathname.startsWith(entry.what));
        if (scripted !== undefined && scripted.skip-- <= 0) {
            scripted.left--;
            make(scripted.trouble, response);
            return;
        }
        const { status, body } = this.#route(url, authorization?.replace(/^Bearer /, '') ?? '');
        send(response, status, body);
    }
    #route({ pathname, searchParams }, key) {
        const kind = this.#keys.get(key);
        if (kind === undefined) {
            const shown = `${key.slice(0, 8)}${'*'.repeat(12)}${key.slice(-4)}`;
            return failed(401, `Incorrect API key provided: ${shown}.`, {
                code: 'invalid_api_key'
            });
        }
        if (kind === 'project') return failed(403, 'You have insufficient permissions. Missing scopes: api.usage.read.');
        const by = searchParams.getAll('group_by');
        if (pathname === openaiPaths.costs) return this.#page(searchParams, 180, (day)=>grouped(this.books.costs.get(day) ?? [], by));
        if (pathname === openaiPaths.completions) return this.#page(searchParams, 31, (day)=>tokensOf(this.books.tokens.get(day) ?? [], by));
        return failed(404, 'Unknown request URL');
    }
    /** Buckets from `start_time` to `end_time` or now; an empty one for a day without anything, as OpenAI sends it. */ #page(query, most, results) {
        const start = Number(query.get('start_time') ?? Number.NaN);
        const limit = Number(query.get('limit') ?? 7);
        if (!Number.isInteger(start)) return failed(400, 'Missing start_time', {
            param: 'start_time'
        });
        if (!(limit >= 1 && limit <= most)) return failed(400, 'limit is out of range', {
            param: 'limit'
        });
        const [, cursor] = /^page_(\d+)$/.exec(query.get('page') ?? `page_${start}`) ?? [];
        if (cursor === undefined) return failed(400, 'Invalid page', {
            param: 'page'
        });
        const end = Math.min(Number(query.get('end_time') ?? Infinity), Math.floor(this.now() / 1000) + 1);
        const days = [];
        for(let day = Number(cursor); day < end; day += DAY)days.push(day);
        const shown = days.slice(0, Math.min(limit, this.pageSize));
        const next = days[shown.length];
        const data = shown.map((day)=>({
                object: 'bucket',
                start_time: day,
                end_time: day + DAY,
                results: results(day)
            }));
        const next_page = next === undefined ? null : `page_${next}`;
        return {
            status: 200,
            body: {
                object: 'page',
                data,
                has_more: next !== undefined,
                next_page
            }
        };
    }
}

//# sourceMappingURL=openai-stand-in.js.map