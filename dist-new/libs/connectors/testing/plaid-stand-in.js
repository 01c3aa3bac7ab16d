import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { PlaidItem, plaidError } from './plaid-items.js';
import { make, send } from './trouble.js';
export const plaidKeys = {
    client_id: 'demo-client-id',
    secret: 'demo-plaid-secret'
};
const refusal = (type, code, status = 400)=>({
        kind: 'status',
        ...plaidError(type, code, 'demo', status)
    });
/** Errors by plaid.com/docs/errors, ready to be scripted. */ export const plaidTroubles = {
    of: refusal,
    productNotReady: ()=>refusal('ITEM_ERROR', 'PRODUCT_NOT_READY'),
    rateLimited: ()=>refusal('RATE_LIMIT_EXCEEDED', 'TRANSACTIONS_SYNC_LIMIT', 429),
    institutionDown: ()=>refusal('INSTITUTION_ERROR', 'INSTITUTION_DOWN')
};
/** Plaid on 127.0.0.1, with Items of its own, and troubles by script. Nothing that runs in production may import it. */ export class PlaidStandIn {
    #items;
    #script;
    #server;
    constructor(pageSize){
        this.pageSize = pageSize;
        this.requests = [];
        this.#items = [];
        this.#script = [];
        this.#server = createServer((request, response)=>{
            this.#answer(request, response).catch(()=>response.destroy());
        });
    }
    /** `pageSize`: the largest page, however many are asked for. */ static async start({ pageSize = 500 } = {}) {
        const standIn = new PlaidStandIn(pageSize);
        const { promise, resolve, reject } = Promise.withResolvers();
        standIn.#server.once('error', reject).listen(0, '127.0.0.1', resolve);
        await promise;
        return standIn;
    }
    /** For `HttpOptions.baseUrls`, together with `allowLoopback: true`. */ get baseUrls() {
        const address = this.#server.address();
        const port = typeof address === 'object' && address !== null ? address.port : 0;
        const url = `http://127.0.0.1:${port}`;
        return {
            'bank.plaid': {
                production: url,
                sandbox: url
            }
        };
    }
    /** Somebody has just linked a bank. */ addItem() {
        const item = new PlaidItem(this.pageSize);
        this.#items.push(item);
        return item;
    }
    /** The next `times` requests to paths that begin with `what` meet a trouble. Scripted in order. */ script(what, trouble, times = 1) {
        this.#script.push({
            what,
            trouble,
            left: times
        });
    }
    count(path) {
        return this.requests.filter((request)=>request.path === path).length;
    }
    async close() {
        const { promise, resolve } = Promise.withResolvers();
        this.#server.close(()=>resolve());
        this.#server.closeAllConnections();
        await promise;
    }
    async #answer(request, response) {
        const path = request.url ?? '/';
        const body = JSON.parse(await text(request) || '{}');
        const version = request.headers['plaid-version'];
        this.requests.push({
            path,
            body,
            version: Array.isArray(version) ? version[0] : version
        });
        const scripted = this.#script.find((entry)=>entry.left > 0 && path.startsWith(entry.what));
        if (scripted !== undefined) {
            scripted.left--;
            make(scripted.trouble, response);
            return;
        }
        const isJson = request.headers['content-type'] === 'application/json' && request.method === 'POST';
        const answer = isJson ? this.#route(path, body) : plaidError('INVALID_REQUEST', 'INVALID_BODY');
        send(response, answer.status, answer.body);
    }
    #route(path, body) {
        if (body['client_id'] !== plaidKeys.client_id || body['secret'] !== plaidKeys.secret) return plaidError('INVALID_INPUT', 'INVALID_API_KEYS');
        const item = this.#items.find((candidate)=>candidate.accessToken === body['access_token']);
        if (item === undefined) return plaidError('INVALID_INPUT', 'INVALID_ACCESS_TOKEN');
        const login = plaidError('ITEM_ERROR', 'ITEM_LOGIN_REQUIRED');
        if (path === '/item/get') {
            const error = item.loginRequired ? login.body : null;
            const named = {
                item_id: item.itemId,
                institution_id: 'ins_1',
                institution_name: 'Demo Bank'
            };
            return {
                status: 200,
                body: {
                    item: {
                        ...named,
                        error
                    },
                    request_id: 'demo-request'
                }
            };
        }
        if (item.loginRequired) return login;
        if (path === '/transactions/recurring/get') {
            const updated_datetime = '2026-11-20T06:00:00Z';
            return {
                status: 200,
                body: {
                    inflow_streams: [],
                    outflow_streams: item.streams,
                    updated_datetime
                }
            };
        }
        if (path !== '/transactions/sync') return plaidError('INVALID_REQUEST', 'NOT_FOUND', 'demo', 404);
        const cursor = typeof body['cursor'] === 'string' ? body['cursor'] : undefined;
        return item.sync(cursor === '' ? undefined : cursor, Number(body['count'] ?? 100));
    }
}

//# sourceMappingURL=plaid-stand-in.js.map