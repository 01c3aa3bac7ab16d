import { storeUnsafe } from '../port/index.js';
const SCHEME = /^(esdb|eventstore|kurrent|kurrentdb|kdb)(\+discover)?:\/\//;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i;
/**
 * Reads `esdb://[user:password@]host[:port][,host…][?options]`. Unencrypted connections to other machines, and the
 * password that every server is born with, are refused. Messages never hold the credentials.
 * @throws {StoreUnsafe}
 */ export function parseAddress(url, allowPlainText) {
    if (/\s/.test(url)) throw storeUnsafe('the EventStoreDB address has blanks in it');
    const scheme = SCHEME.exec(url);
    if (scheme === null) throw storeUnsafe('the EventStoreDB address must begin with esdb:// or esdb+discover://');
    const rest = url.slice(scheme[0].length);
    const [location = '', ...options] = rest.split('?');
    const query = options.join('?');
    const at = location.lastIndexOf('@');
    const credentials = at < 0 ? undefined : location.slice(0, at);
    const places = location.slice(at + 1).replace(/\/.*$/, '').split(',');
    // Not shown: with an unescaped `?` or `/` in the password, what looks like a host is a part of it.
    const unescaped = credentials !== undefined && (credentials.includes('@') || credentials.split(':').length > 2);
    if (!places.every((place)=>HOST.test(place)) || query.includes('@') || unescaped) throw storeUnsafe('the EventStoreDB address names no host, or its password has characters that must be percent-encoded');
    const hosts = places.map((place)=>place.replace(/:\d+$/, ''));
    const far = hosts.some((host)=>!LOOPBACK.test(host));
    // As the client reads it: it takes no notice of dashes and underscores in names, nor of slashes at the end.
    const plain = query.split('&').some((option)=>{
        const [name = '', value = ''] = option.split('=');
        return name.replace(/[-_]/g, '').toLowerCase() === 'tls' && /^false\/*$/i.test(value);
    });
    if (plain && far && !allowPlainText) {
        throw storeUnsafe(`EventStoreDB at ${hosts.join(', ')} would be spoken to unencrypted (tls=false): remove that, or say that this network may be trusted`);
    }
    if (far && decoded(credentials).toLowerCase() === 'admin:changeit') throw storeUnsafe(`EventStoreDB at ${hosts.join(', ')} has the password that it was born with: change it`);
    return {
        connectionString: `esdb${scheme[2] ?? ''}://${rest}`,
        shown: hosts.join(', ')
    };
}
function decoded(credentials = '') {
    try {
        return decodeURIComponent(credentials);
    } catch  {
        return credentials;
    }
}

//# sourceMappingURL=address.js.map