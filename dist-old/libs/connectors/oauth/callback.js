import { timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { ConnectorError } from '../kit/index.js';
const PATH = '/callback';
/** Nothing of the request is said again, nothing is loaded, and the address (with the code) is told to nobody. */ const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'",
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    connection: 'close'
};
function page(response, status, text) {
    response.writeHead(status, headers).end(`<!doctype html><title>Syncopate</title><p>${text}`);
}
/** By bytes: a character may be several. */ function same(given, expected) {
    const [a, b] = [
        Buffer.from(given),
        Buffer.from(expected)
    ];
    return a.length === b.length && timingSafeEqual(a, b);
}
/**
 * Waits on loopback for the browser to come back (RFC 8252 §7.3). `127.0.0.1`, not `localhost`, which Spotify refuses.
 * @throws {ConnectorError} CONFIG where the port is taken.
 */ export async function openCallback(port) {
    const server = createServer();
    await new Promise((resolve, reject)=>{
        server.once('error', (error)=>reject(new ConnectorError('CONFIG', `port ${port} of 127.0.0.1 cannot be listened on (${error.code}): name another with --port`)));
        server.listen(port, '127.0.0.1', resolve);
    });
    const address = server.address();
    const actual = typeof address === 'object' && address !== null ? address.port : port;
    const redirectUri = `http://127.0.0.1:${actual}${PATH}`;
    return {
        redirectUri,
        code: (state, timeoutMs)=>oneCode(server, redirectUri, state, timeoutMs),
        close: ()=>new Promise((resolve)=>{
                server.close(()=>resolve());
                server.closeAllConnections();
            })
    };
}
function oneCode(server, redirectUri, state, timeoutMs) {
    return new Promise((resolve, reject)=>{
        const timer = setTimeout(()=>reject(new ConnectorError('CONFIG', `nobody came back within ${timeoutMs / 1_000} s; start again`)), timeoutMs);
        server.on('request', (request, response)=>{
            const path = request.url ?? '/';
            // Whatever any page in the browser may send: `//` alone is no address.
            if (!URL.canParse(path, redirectUri)) return page(response, 400, 'This is no address.');
            const url = new URL(path, redirectUri);
            if (request.method !== 'GET' || url.pathname !== PATH) return page(response, 404, 'Nothing is here.');
            const query = url.searchParams;
            // Somebody else's link: it neither ends the waiting nor learns anything.
            if (!same(query.get('state') ?? '', state)) return page(response, 400, 'This answer belongs to another attempt. Start again from the command line.');
            clearTimeout(timer);
            const code = query.get('code');
            if (code !== null && code !== '') {
                page(response, 200, 'Connected. You can close this page.');
                return resolve(code);
            }
            page(response, 200, 'Not connected: access was not granted. You can close this page.');
            const denied = query.get('error') === 'access_denied';
            const message = denied ? 'access was denied in the browser' : 'the provider answered without a code';
            return reject(new ConnectorError('PERMISSION', `${message}; nothing was stored`));
        });
    });
}

//# sourceMappingURL=callback.js.map