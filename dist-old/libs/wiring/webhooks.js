import { assertPublicHost, excerpt, guardedLookup, isLoopback, networkError, systemResolve } from '#lib/connectors';
import { Resolver } from 'node:dns/promises';
import { HttpWebhookSender, WebhookSecrets } from '#lib/workers/webhooks';
import { checkedSender } from './checked-sender.js';
/**
 * Where webhooks may go: HTTPS to the public internet. What a name stands for is checked when it is connected to; an
 * address that is written out, here.
 */ export function webhookUrl(value, allowLoopback) {
    const url = URL.parse(value);
    if (url === null) throw new Error('is not a URL; give one like "https://example.com/syncopate"');
    if (url.username !== '' || url.password !== '') throw new Error('must not hold a user or password: what is sent is signed');
    const here = allowLoopback && isLoopback(url);
    if (url.protocol !== 'https:' && !(here && url.protocol === 'http:')) throw new Error('must start with https://');
    assertPublicHost(url, allowLoopback);
    return url;
}
/** One question to one server of names; asked twice at most. */ const NAME_TIMEOUT = 3_000;
const names = new Resolver({
    timeout: NAME_TIMEOUT,
    tries: 2
});
/**
 * Asks servers of names without the machine's own resolver, whose few threads are everybody's: names whose servers never
 * answer would hold up those that are answered.
 */ const resolveName = async (hostname)=>{
    if (hostname === 'localhost') return systemResolve(hostname);
    const [four, six] = await Promise.allSettled([
        names.resolve4(hostname),
        names.resolve6(hostname)
    ]);
    const found = [
        ...four.status === 'fulfilled' ? four.value.map((address)=>({
                address,
                family: 4
            })) : [],
        ...six.status === 'fulfilled' ? six.value.map((address)=>({
                address,
                family: 6
            })) : []
    ];
    if (found.length === 0) throw Object.assign(new Error('no address'), {
        code: 'ENOTFOUND'
    });
    return found;
};
export const outgoing = (allowLoopback, resolve)=>({
        check: (url)=>webhookUrl(url, allowLoopback),
        lookup: guardedLookup(resolve, allowLoopback),
        trouble: (host, error, timedOut)=>networkError(host, error, timedOut).message,
        excerpt: (text, secrets)=>excerpt(text, secrets)
    });
/** @param own the product's own webhook system, which takes every message instead of an HTTP client */ export function openWebhooks({ allowLoopbackWebhooks }, parts) {
    const { vault, environment, own, resolve = resolveName } = parts;
    const secrets = new WebhookSecrets(vault);
    const out = outgoing(allowLoopbackWebhooks, resolve);
    const http = new HttpWebhookSender({
        secrets,
        environment,
        outgoing: out
    });
    const sender = own === undefined ? http : checkedSender(own);
    return {
        secrets,
        sender,
        check: out.check,
        close: ()=>http.close()
    };
}

//# sourceMappingURL=webhooks.js.map