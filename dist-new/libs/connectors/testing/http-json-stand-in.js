import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { make, send } from './trouble.js';
const PAGE = 2;
export const demoSecret = 'demo-secret-0123';
/**
 * Some company's billing API on 127.0.0.1, with its invoices behind every kind of paging: `/plain`, `/next`,
 * `/cursor`, `/page` and `/offset`, each with `since`. Nothing that runs in production may import it.
 */ export class HttpJsonStandIn {
    #script;
    #server;
    static async start() {
        const standIn = new HttpJsonStandIn();
        const { promise, resolve, reject } = Promise.withResolvers();
        standIn.#server.once('error', reject).listen(0, '127.0.0.1', resolve);
        await promise;
        return standIn;
    }
    get port() {
        const address = this.#server.address();
        return typeof address === 'object' && address !== null ? address.port : 0;
    }
    get url() {
        return `http://127.0.0.1:${this.port}`;
    }
    /** One more invoice, a day after the last one. */ bill(more = {}) {
        const number = this.invoices.length + 1;
        const day = `2026-11-${String(number).padStart(2, '0')}`;
        const base = {
            id: `inv_${number}`,
            total: '9.90',
            currency: 'EUR',
            paid: day,
            changed: `${day}T08:00:00Z`
        };
        this.invoices.push({
            ...base,
            ...more
        });
    }
    script(what, trouble, times = 1) {
        this.#script.push({
            what,
            trouble,
            left: times
        });
    }
    async close() {
        const { promise, resolve } = Promise.withResolvers();
        this.#server.close(()=>resolve());
        this.#server.closeAllConnections();
        await promise;
    }
    async #answer(incoming, response) {
        const url = new URL(`${this.url}${incoming.url ?? '/'}`);
        const body = JSON.parse(await text(incoming) || '{}');
        const { method = '', headers } = incoming;
        const query = Object.fromEntries(url.searchParams);
        const request = {
            method,
            path: url.pathname,
            query,
            headers,
            body
        };
        this.requests.push(request);
        const scripted = this.#script.find((entry)=>entry.left > 0 && url.pathname.startsWith(entry.what));
        if (scripted !== undefined) {
            scripted.left--;
            make(scripted.trouble, response);
            return;
        }
        const reply = this.admits(request) ? this.#route(request) : refused;
        if (this.behind !== undefined && isEmptyPage(reply)) {
            make(this.behind, response);
            return;
        }
        send(response, reply.status, reply.body);
    }
    #route({ path, query, body }) {
        const asked = {
            ...query,
            ...body
        };
        const since = this.filters ? String(asked['since'] ?? '') : '';
        const all = this.invoices.filter((invoice)=>invoice.changed >= since);
        const slice = (from, size = PAGE)=>all.slice(from, from + size);
        const from = Number(asked['after'] ?? 0);
        const more = from + PAGE < all.length;
        switch(path){
            case '/v1/plain':
                return {
                    status: 200,
                    body: {
                        data: {
                            invoices: all
                        }
                    }
                };
            case '/v1/one':
                return {
                    status: 200,
                    body: {
                        data: {
                            invoices: all[0]
                        }
                    }
                };
            case '/v1/next':
                {
                    const truth = more ? `/v1/next?after=${from + PAGE}` : null;
                    return {
                        status: 200,
                        body: {
                            data: {
                                invoices: slice(from)
                            },
                            links: {
                                next: this.next ?? truth
                            }
                        }
                    };
                }
            case '/v1/cursor':
                {
                    const paging = {
                        next: from + PAGE,
                        has_more: more
                    };
                    return {
                        status: 200,
                        body: {
                            data: {
                                invoices: slice(from)
                            },
                            paging
                        }
                    };
                }
            case '/v1/page':
                return {
                    status: 200,
                    body: {
                        data: {
                            invoices: slice((Number(asked['page'] ?? 1) - 1) * PAGE)
                        }
                    }
                };
            case '/v1/offset':
                {
                    const [start, size] = [
                        Number(asked['offset'] ?? 0),
                        Number(asked['limit'] ?? PAGE)
                    ];
                    return {
                        status: 200,
                        body: {
                            data: {
                                invoices: slice(start, Math.min(size, this.most))
                            }
                        }
                    };
                }
            default:
                return {
                    status: 404,
                    body: {
                        message: 'no such thing'
                    }
                };
        }
    }
    constructor(){
        this.requests = [];
        this.invoices = [];
        /** Who is let in. Default: a bearer token. */ this.admits = ({ headers })=>headers['authorization'] === `Bearer ${demoSecret}`;
        /** How many invoices are left out because of `since`; false: the service does not know the parameter. */ this.filters = true;
        /** As many as `/offset` tells at once, whatever is asked for. `/page` tells two. */ this.most = Number.POSITIVE_INFINITY;
        this.#script = [];
        this.#server = createServer((request, response)=>{
            this.#answer(request, response).catch(()=>response.destroy());
        });
    }
}
const isEmptyPage = ({ body })=>JSON.stringify(body) === '{"data":{"invoices":[]}}';
const refused = {
    status: 401,
    body: {
        message: 'who are you'
    }
};

//# sourceMappingURL=http-json-stand-in.js.map