import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { SpotifyGrants } from './spotify-grants.js';
import { profile, recentlyPlayed } from './spotify-plays.js';
import { make, send } from './trouble.js';
/**
 * Spotify on 127.0.0.1: accounts and Web API on one port, with users, grants and plays of its own, and troubles by
 * script. For tests and for the demo; nothing that runs in production may import it.
 */ export class SpotifyStandIn {
    #users;
    #script;
    #server;
    constructor(rules){
        this.requests = [];
        this.#users = new Map();
        this.#script = [];
        this.grants = new SpotifyGrants(rules);
        this.#server = createServer((request, response)=>{
            this.#answer(request, response).catch(()=>response.destroy());
        });
    }
    static async start(rules = {}) {
        const defaults = {
            clientId: 'demo-client',
            tokenSeconds: 3600,
            rotates: true,
            revokesFamily: true,
            now: ()=>Date.now()
        };
        const standIn = new SpotifyStandIn({
            ...defaults,
            ...rules
        });
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
            'spotify.webapi': {
                accounts: url,
                api: url
            }
        };
    }
    /** A new listener who has just consented. `product` undefined: Spotify does not tell. */ addUser(id, product) {
        this.#users.set(id, {
            id,
            plays: [],
            ...product === undefined ? {} : {
                product
            }
        });
        return {
            refreshToken: this.grants.consent(id)
        };
    }
    setProduct(id, product) {
        const user = this.#user(id);
        if (product === undefined) delete user.product;
        else user.product = product;
    }
    /** The listener plays `count` tracks, one every three minutes, the last one at `until` (default: now). */ play(id, count = 1, until = this.grants.rules.now()) {
        const user = this.#user(id);
        for(let at = count - 1; at >= 0; at--){
            const number = user.plays.length + 1;
            user.plays.push({
                at: until - at * 180_000,
                track: `track${number}`,
                name: `Demo Song ${number}`
            });
        }
    }
    /** The next `times` requests to paths that begin with `what` meet a trouble. Scripted in order. */ script(what, trouble, times = 1) {
        this.#script.push({
            what,
            trouble,
            left: times
        });
    }
    /** How many requests came to a path. */ count(path) {
        return this.requests.filter((request)=>request.path === path).length;
    }
    async close() {
        const { promise, resolve } = Promise.withResolvers();
        this.#server.close(()=>resolve());
        this.#server.closeAllConnections();
        await promise;
    }
    #user(id) {
        const user = this.#users.get(id);
        if (user === undefined) throw new Error(`the stand-in knows no user ${id}`);
        return user;
    }
    async #answer(request, response) {
        const url = new URL(request.url ?? '/', 'http://stand-in');
        const body = await text(request);
        const { authorization } = request.headers;
        const query = Object.fromEntries(url.searchParams);
        this.requests.push({
            method: request.method ?? '',
            path: url.pathname,
            query,
            body,
            authorization
        });
        const scripted = this.#script.find((entry)=>entry.left > 0 && url.pathname.startsWith(entry.what));
        if (scripted !== undefined) {
            scripted.left--;
            make(scripted.trouble, response);
            return;
        }
        const { status, body: json } = this.#route(url, body, authorization);
        send(response, status, json);
    }
    #route(url, body, authorization) {
        if (url.pathname === '/api/token') return this.grants.refresh(new URLSearchParams(body), authorization);
        const user = this.#users.get(this.grants.userOf(authorization?.replace(/^Bearer /, '') ?? '') ?? '');
        if (user === undefined) return failed(401, 'The access token expired');
        if (url.pathname === '/v1/me') return {
            status: 200,
            body: profile(user)
        };
        if (url.pathname === '/v1/me/player/recently-played') return recentlyPlayed(user, url.searchParams);
        return failed(404, 'Service not found');
    }
}
const failed = (status, message)=>({
        status,
        body: {
            error: {
                status,
                message
            }
        }
    });

//# sourceMappingURL=spotify-stand-in.js.map