import { ConfigurationError } from '#lib/wiring';
const TIMEOUT_MS = 15_000;
/** The service that this configuration describes, or the one that is named. */ export const serviceOf = ({ port, apiKeys: [key] }, named)=>({
        url: (named ?? `http://127.0.0.1:${port}`).replace(/\/+$/, ''),
        key
    });
/**
 * Asks a running service.
 * @throws {ConfigurationError} when nobody answers, or when it says no: with its reason
 */ export async function ask(service, method, path, body) {
    return told(service, await sent(service, method, path, body));
}
/** As {@link ask}; undefined where there is no such thing yet. */ export async function find(service, path) {
    const answer = await sent(service, 'GET', path);
    return answer.status === 404 ? undefined : told(service, answer);
}
async function sent({ url, key }, method, path, body) {
    return fetch(url + path, {
        method,
        headers: {
            ...body === undefined ? {} : {
                'content-type': 'application/json'
            },
            ...key === undefined ? {} : {
                authorization: `Bearer ${key}`
            }
        },
        ...body === undefined ? {} : {
            body: JSON.stringify(body)
        },
        signal: AbortSignal.timeout(TIMEOUT_MS)
    }).catch(()=>{
        throw new ConfigurationError(`no service answers at ${url}: start it, or name it with --service`);
    });
}
async function told({ url }, answer) {
    const said = await answer.json().catch(()=>({}));
    if (answer.ok) return said;
    throw new ConfigurationError(`${url} said no: ${answer.status} ${String(said['detail'] ?? '')}`.trim());
}

//# sourceMappingURL=service.js.map