import { Agent, request as send } from 'undici';
import { cancelled, throwIfCancelled } from './abort.js';
import { baseUrl } from './base-url.js';
import { ConnectorError } from './connector-error.js';
import { classify } from './error-table.js';
import { networkError } from './network-error.js';
import { parseJson } from './json.js';
import { excerpt } from './redact.js';
import { issuesOf } from './schema.js';
/** One connection pool for all connectors of a process. */ export class HttpPool {
    #agent;
    constructor(options, clock){
        this.options = options;
        this.clock = clock;
        this.#agent = new Agent({
            connect: {
                timeout: options.connectMs ?? 10_000
            },
            headersTimeout: options.headersMs ?? 30_000,
            bodyTimeout: options.bodyMs ?? 30_000
        });
    }
    /** @throws {ConnectorError} CONFIG when a base URL is not allowed. */ client(manifest) {
        const replaced = this.options.baseUrls?.[manifest.id] ?? {};
        const hosts = new Map();
        for (const [name, url] of Object.entries({
            ...manifest.hosts,
            ...replaced
        })){
            hosts.set(name, baseUrl(name, url, this.options.allowLoopback ?? false));
        }
        return new HttpClient(this, this.#agent, manifest, hosts);
    }
    async close() {
        await this.#agent.destroy();
    }
}
/** Speaks to one provider and answers in its manifest's error classes. Follows no redirect. */ export class HttpClient {
    constructor(pool, agent, manifest, hosts){
        this.pool = pool;
        this.agent = agent;
        this.manifest = manifest;
        this.hosts = hosts;
    }
    /**
   * Sends, and parses a 2xx body with the schema.
   * @throws {ConnectorError} by the manifest's table; TRANSIENT on a broken connection, a timeout or a body that is
   *   not JSON; SCHEMA_DRIFT when the JSON is not what the provider documents, or comes packed or not at all, as it would the
   *   next time too; CANCELLED by the request's signal.
   */ async json(request, schema) {
        const what = `${request.method} ${request.path}`;
        const raw = await this.#send(request);
        if (raw.status < 200 || raw.status > 299) throw this.#refused(request, what, raw);
        const { provider } = this.manifest;
        const drift = driftOf(raw);
        if (drift !== undefined) throw new ConnectorError('SCHEMA_DRIFT', `${provider} answered ${what} with ${drift.what}`, {
            code: drift.code
        });
        const value = parseJson(raw.text);
        if (value === undefined) {
            throw new ConnectorError('TRANSIENT', `${provider} answered ${what} with something that is not JSON`, {
                code: 'bad_json'
            });
        }
        const parsed = schema.safeParse(value);
        if (parsed.success) return parsed.data;
        throw new ConnectorError('SCHEMA_DRIFT', `${provider} changed its answer to ${what}: ${issuesOf(parsed.error)}`, {
            code: 'unexpected_shape'
        });
    }
    #refused(request, what, raw) {
        const { provider, errors } = this.manifest;
        const context = {
            now: this.pool.clock.now(),
            secrets: secretsOf(request)
        };
        return classify(provider, errors, {
            where: request.where,
            what,
            ...raw
        }, context);
    }
    async #send(request) {
        if (request.signal !== undefined) throwIfCancelled(request.signal);
        const total = AbortSignal.timeout(this.pool.options.totalMs ?? 60_000);
        const signal = request.signal === undefined ? total : AbortSignal.any([
            total,
            request.signal
        ]);
        try {
            const answer = await send(this.#url(request), {
                dispatcher: this.agent,
                method: request.method,
                headers: headersOf(request),
                body: request.form === undefined ? null : new URLSearchParams(request.form).toString(),
                signal
            });
            const body = await bounded(answer.body, this.pool.options.maxBodyBytes ?? 4 * 1024 * 1024);
            return {
                status: answer.statusCode,
                headers: flat(answer.headers),
                ...body
            };
        } catch (error) {
            if (request.signal?.aborted === true) throw cancelled();
            throw networkError(this.manifest.provider, error, total.aborted);
        }
    }
    #url(request) {
        const base = this.hosts.get(request.host);
        if (base === undefined) throw new ConnectorError('INTERNAL', `${this.manifest.id} names no host "${request.host}"`);
        const url = new URL(base.pathname.replace(/\/$/, '') + request.path, base);
        for (const [name, value] of Object.entries(request.query ?? {}))url.searchParams.set(name, value);
        return url;
    }
}
/** What is wrong with a whole answer before a byte of it is parsed. */ function driftOf(raw) {
    if (raw.status === 204 || raw.status === 205) return {
        what: `${raw.status}, which has no content, where JSON was expected`,
        code: 'no_content'
    };
    const coding = raw.headers['content-encoding']?.trim().toLowerCase() ?? '';
    if (coding !== '' && coding !== 'identity') return {
        what: `a body packed as ${excerpt(coding, [], 40)}, which was not asked for`,
        code: 'content_encoding'
    };
    return raw.truncated ? {
        what: 'more than we accept',
        code: 'body_too_large'
    } : undefined;
}
const basicOf = ({ user, password })=>Buffer.from(`${user}:${password}`).toString('base64');
function headersOf(request) {
    const headers = {
        accept: 'application/json',
        // Without it a server may pack its answer as it likes (RFC 9110 §12.5.3).
        'accept-encoding': 'identity',
        'user-agent': 'syncopate'
    };
    if (request.form !== undefined) headers['content-type'] = 'application/x-www-form-urlencoded';
    if (request.bearer !== undefined) headers['authorization'] = `Bearer ${request.bearer}`;
    if (request.basic !== undefined) headers['authorization'] = `Basic ${basicOf(request.basic)}`;
    return headers;
}
function secretsOf(request) {
    const basic = request.basic === undefined ? [] : [
        request.basic.password,
        basicOf(request.basic)
    ];
    return [
        ...request.secrets ?? [],
        ...request.bearer === undefined ? [] : [
            request.bearer
        ],
        ...basic
    ];
}
function flat(headers) {
    return Object.fromEntries(Object.entries(headers).map(([name, value])=>[
            name,
            Array.isArray(value) ? value[0] : value
        ]));
}
/** Reads at most `limit` bytes; the rest is never pulled from the socket. */ async function bounded(body, limit) {
    const pieces = [];
    let size = 0;
    for await (const piece of body){
        size += piece.length;
        if (size > limit) return {
            text: Buffer.concat(pieces).toString('utf8'),
            truncated: true
        };
        pieces.push(piece);
    }
    return {
        text: Buffer.concat(pieces).toString('utf8'),
        truncated: false
    };
}

//# sourceMappingURL=http-client.js.map