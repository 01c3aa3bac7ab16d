import { Agent, request } from 'undici';
import { SECOND } from '#lib/domain/kernel';
import { retryAfter } from '#lib/domain/retry';
import { signatures } from './sign.js';
const TOTAL = 15 * SECOND;
/** Read of an answer; what is more is left unread. */ const MOST_READ = 64 * 1024;
const one = (value)=>Array.isArray(value) ? value[0] : value;
/**
 * Sends over HTTP as the Standard Webhooks specification 1.0.0 has it. Only 2xx is taken for a yes, redirects are not
 * followed, and the address that was checked is the one that is connected to, at every try anew.
 */ export class HttpWebhookSender {
    #agent;
    constructor(options){
        this.options = options;
        const { outgoing, totalMs = TOTAL } = options;
        this.#agent = new Agent({
            connect: {
                timeout: totalMs,
                lookup: outgoing.lookup
            },
            headersTimeout: totalMs,
            bodyTimeout: totalMs,
            // An endpoint that is slow holds as many connections as messages are under way to it.
            keepAliveTimeout: 10 * SECOND
        });
    }
    async send(message, signal) {
        const { environment, outgoing, secrets } = this.options;
        const { clock } = environment;
        const now = clock.now();
        const valid = await secrets.valid({
            tenant: message.tenant,
            webhook: message.webhook
        }, now);
        if (valid.length === 0) return {
            kind: 'failed',
            message: 'it has no secret in the vault any more: rotate it',
            durationMs: 0
        };
        const begun = clock.monotonic();
        const took = ()=>Math.round(clock.monotonic() - begun);
        let url;
        try {
            url = outgoing.check(message.url);
        } catch (error) {
            return {
                kind: 'failed',
                message: error.message,
                durationMs: took()
            };
        }
        const timestamp = Math.floor(now / SECOND);
        const headers = {
            'content-type': 'application/json',
            'user-agent': 'Syncopate-Webhooks/1',
            'webhook-id': message.id,
            'webhook-timestamp': String(timestamp),
            'webhook-signature': signatures({
                id: message.id,
                timestamp,
                body: message.body
            }, valid)
        };
        const answered = await this.#post(url, {
            headers,
            body: message.body
        }, signal);
        if (typeof answered === 'string') return {
            kind: 'failed',
            message: answered,
            durationMs: took()
        };
        return this.#resultOf(answered, {
            host: url.host,
            durationMs: took(),
            secrets: valid
        });
    }
    async close() {
        await this.#agent.destroy();
    }
    #resultOf({ status, text, headers }, { host, durationMs, secrets }) {
        if (status >= 200 && status <= 299) return {
            kind: 'delivered',
            status,
            durationMs
        };
        const { environment, outgoing } = this.options;
        // A receiver may say it without what it begins with.
        const bare = secrets.map((secret)=>secret.replace(/^whsec_/, ''));
        const quoted = outgoing.excerpt(text, [
            ...secrets,
            ...bare
        ]);
        const redirect = status >= 300 && status <= 399 ? ', and redirects are not followed' : '';
        const message = `${host} answered ${status}${redirect}${quoted === '' ? '' : `: ${quoted}`}`;
        const later = retryAfter(one(headers['retry-after']), one(headers['date']), environment.clock.now());
        return {
            kind: 'failed',
            status,
            message,
            durationMs,
            ...later === undefined ? {} : {
                retryAfterMs: later
            }
        };
    }
    /** The answer, or in words why there is none. */ async #post(url, { headers, body }, signal) {
        const { environment, outgoing, totalMs = TOTAL } = this.options;
        const deadline = new AbortController();
        const cancel = environment.timers.after(totalMs, ()=>deadline.abort());
        const both = AbortSignal.any([
            signal,
            deadline.signal
        ]);
        try {
            const dispatcher = this.#agent;
            const response = await request(url, {
                method: 'POST',
                headers,
                body,
                signal: both,
                dispatcher
            });
            const { statusCode: status } = response;
            const text = await beginningOf(response.body);
            return {
                status,
                text,
                headers: response.headers
            };
        } catch (error) {
            if (signal.aborted) throw error;
            return outgoing.trouble(url.host, error, deadline.signal.aborted);
        } finally{
            cancel();
        }
    }
}
/** What came of a body, however long it is or wherever it breaks off: the status was told before it. */ async function beginningOf(body) {
    body.on('error', ()=>{});
    const pieces = [];
    let bytes = 0;
    try {
        for await (const piece of body){
            bytes += piece.length;
            if (bytes > MOST_READ) break;
            pieces.push(piece);
        }
    } catch  {
    // It broke off, or took too long.
    }
    return Buffer.concat(pieces).toString();
}

//# sourceMappingURL=http-sender.js.map