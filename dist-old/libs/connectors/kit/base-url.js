import { ConnectorError } from './connector-error.js';
/** As `URL` writes them. */ const LOOPBACK = new Set([
    '127.0.0.1',
    '[::1]',
    'localhost'
]);
export const isLoopback = ({ hostname })=>LOOPBACK.has(hostname);
/**
 * Checks where a connector is about to send credentials. HTTPS anywhere the operator says; plain HTTP and loopback
 * only where the operator allowed it, for stand-ins: a stray setting must not send a token to a neighbour in clear.
 * @throws {ConnectorError} CONFIG
 */ export function baseUrl(name, value, allowLoopback) {
    const url = URL.parse(value);
    if (url === null) throw refused(`base URL "${name}" is not a URL`);
    if (url.username !== '' || url.password !== '') throw refused(`base URL "${name}" must not hold credentials`);
    if (isLoopback(url)) {
        if (allowLoopback) return url;
        throw refused(`base URL "${name}" points to this machine, which is allowed for stand-ins only`);
    }
    if (url.protocol !== 'https:') throw refused(`base URL "${name}" must start with https://`);
    return url;
}
const refused = (message)=>new ConnectorError('CONFIG', message, {
        code: 'base_url'
    });

//# sourceMappingURL=base-url.js.map