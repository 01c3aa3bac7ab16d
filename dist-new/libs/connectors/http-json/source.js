import { Agent } from 'undici';
import { z } from 'zod';
import { SECOND } from '#lib/domain/kernel';
import { baseUrl } from '../kit/base-url.js';
import { ConnectorError } from '../kit/index.js';
import { manifest } from './manifest.js';
import { Pace } from './pace.js';
import { assertPublicHost, guardedLookup } from '../kit/private-address.js';
import { optionsOf, shapedClient } from './shaped-client.js';
/** The configured service for the length of one read, with connections of its own: to public addresses only. */ export class Source {
    #pace;
    constructor(inside){
        this.inside = inside;
        const { config, environment, signal } = inside.context;
        const { requests, perSeconds } = config.limits;
        this.#pace = new Pace(requests, perSeconds * SECOND, environment, signal);
    }
    /** @throws {ConnectorError} CONFIG for an address that is not allowed, AUTH_REVOKED without the secret. */ static async open(context, resolve) {
        const { allowLoopback = false, connectMs, headersMs, bodyMs } = optionsOf(context.http);
        const base = baseUrl(context.config.provider, context.config.baseUrl, allowLoopback);
        assertPublicHost(base, allowLoopback);
        const secret = await secretOf(context);
        const agent = new Agent({
            connect: {
                timeout: connectMs ?? 10_000,
                lookup: guardedLookup(resolve, allowLoopback)
            },
            headersTimeout: headersMs ?? 30_000,
            bodyTimeout: bodyMs ?? 30_000
        });
        return new Source({
            context,
            base,
            agent,
            secret
        });
    }
    get host() {
        return this.inside.base.host;
    }
    get secrets() {
        return this.inside.secret === undefined ? [] : [
            this.inside.secret
        ];
    }
    /** The first page's address; parameters go into the query of a GET, and into the body of a POST. */ address(parameters) {
        const { config } = this.inside.context;
        const url = new URL(this.inside.base);
        url.pathname = url.pathname.replace(/\/$/, '') + config.path;
        const more = config.method === 'GET' ? parameters : {};
        for (const [name, value] of Object.entries({
            ...config.query,
            ...more
        }))url.searchParams.set(name, String(value));
        return url;
    }
    /** @throws {ConnectorError} as the kit's client does; SCHEMA_DRIFT for an address on another host. */ async ask(url, parameters) {
        const { base, agent, context } = this.inside;
        const { config, http, signal } = context;
        if (url.origin !== base.origin || url.username !== '' || url.password !== '') {
            throw new ConnectorError('SCHEMA_DRIFT', `${config.provider} names a next page on another host`, {
                code: 'next_elsewhere'
            });
        }
        await this.#pace.turn();
        const { request, headers } = this.#auth();
        const client = shapedClient(http, this.#shape(url, parameters, headers), {
            agent,
            manifest: {
                ...manifest,
                provider: config.provider,
                errors: [
                    ...config.errors,
                    ...manifest.errors
                ]
            },
            hosts: new Map([
                [
                    'api',
                    new URL(base.origin)
                ]
            ])
        });
        // Only a name for messages. One slash: two would begin a host name.
        const path = url.pathname.replace(/^\/+/, '/');
        const { method } = config;
        return await client.json({
            where: 'api',
            host: 'api',
            method,
            path,
            secrets: this.secrets,
            signal,
            ...request
        }, z.unknown());
    }
    /** Connections that are still busy are given up: the read has ended. */ async close() {
        await this.inside.agent.destroy();
    }
    #shape(url, parameters, own = {}) {
        const { config } = this.inside.context;
        const target = new URL(url);
        const { auth, headers } = config;
        // Set anew on every page: services leave keys out of the addresses that they hand out, and rightly.
        if (auth.kind === 'query') target.searchParams.set(auth.parameter, this.inside.secret ?? '');
        return {
            target: target.pathname + target.search,
            headers: {
                ...lowered(headers),
                ...own
            },
            ...config.method === 'POST' ? {
                json: {
                    ...config.body,
                    ...parameters
                }
            } : {}
        };
    }
    #auth() {
        const { auth } = this.inside.context.config;
        const secret = this.inside.secret ?? '';
        switch(auth.kind){
            case 'bearer':
                return {
                    request: {
                        bearer: secret
                    }
                };
            case 'basic':
                return {
                    request: {
                        basic: {
                            user: auth.user,
                            password: secret
                        }
                    }
                };
            case 'header':
                return {
                    request: {},
                    headers: {
                        [auth.name.toLowerCase()]: `${auth.prefix}${secret}`
                    }
                };
            case 'query':
            case 'none':
                return {
                    request: {}
                };
        }
    }
}
/** As the kit writes its own, so that a setting replaces `accept` instead of standing beside it. */ const lowered = (headers)=>Object.fromEntries(Object.entries(headers).map(([name, value])=>[
            name.toLowerCase(),
            value
        ]));
async function secretOf({ config: { auth }, vault, owner }) {
    if (auth.kind === 'none') return undefined;
    const secret = (await vault.read(owner))?.secrets[auth.secret];
    if (secret === undefined || secret === '') {
        throw new ConnectorError('AUTH_REVOKED', `the vault holds no "${auth.secret}" for this connection: store it`, {
            code: 'no_credentials'
        });
    }
    // A line break, usually pasted along, would begin another header.
    if (/^[\x20-\x7e]+$/.test(secret) || auth.kind === 'query' || auth.kind === 'basic') return secret;
    throw new ConnectorError('CONFIG', `the secret "${auth.secret}" holds characters that no header can carry`, {
        code: 'secret_unfit'
    });
}

//# sourceMappingURL=source.js.map