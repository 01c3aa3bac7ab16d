import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { ConnectorError } from './connector-error.js';
/** Everything that is not the public internet, by the IANA special-purpose registries (RFC 6890). */ const closed = new BlockList();
const V4 = [
    [
        '0.0.0.0',
        8
    ],
    [
        '10.0.0.0',
        8
    ],
    [
        '100.64.0.0',
        10
    ],
    [
        '127.0.0.0',
        8
    ],
    // The link-local net, with the clouds' metadata services.
    [
        '169.254.0.0',
        16
    ],
    [
        '172.16.0.0',
        12
    ],
    [
        '192.0.0.0',
        24
    ],
    [
        '192.0.2.0',
        24
    ],
    [
        '192.88.99.0',
        24
    ],
    [
        '192.168.0.0',
        16
    ],
    [
        '198.18.0.0',
        15
    ],
    [
        '198.51.100.0',
        24
    ],
    [
        '203.0.113.0',
        24
    ],
    [
        '224.0.0.0',
        4
    ],
    [
        '240.0.0.0',
        4
    ]
];
for (const [net, bits] of V4)closed.addSubnet(net, bits, 'ipv4');
// Within 2000::/3: IETF protocols and Teredo, documentation, 6to4 and documentation again (RFC 9637).
for (const [net, bits] of [
    [
        '2001::',
        23
    ],
    [
        '2001:db8::',
        32
    ],
    [
        '2002::',
        16
    ],
    [
        '3fff::',
        20
    ]
]){
    closed.addSubnet(net, bits, 'ipv6');
}
/** Of IPv6 only this is given out: so mapped, translated, unique local, link-local and multicast ones are closed. */ const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');
export function isPublicAddress(address) {
    const family = isIP(address);
    if (family === 4) return !closed.check(address, 'ipv4');
    return family === 6 && globalUnicast.check(address, 'ipv6') && !closed.check(address, 'ipv6');
}
/**
 * Names that the public internet does not have, by IANA's registry of special-use domain names (RFC 6761 and what came
 * after it) and ICANN's reservation of `internal`: what answers to them is this machine or its neighbours.
 */ const closedNames = /(^|\.)(localhost|local|internal|test|invalid|onion|alt|home\.arpa)$/;
/** A name as `URL` writes it. One of a single label is whatever the machine's own search list makes of it. */ function isPublicName(hostname) {
    const name = hostname.replace(/\.$/, '');
    return name.includes('.') && !closedNames.test(name);
}
const isLoopback = (address)=>address === '::1' || address.startsWith('127.');
export const systemResolve = (hostname)=>lookup(hostname, {
        all: true
    });
/**
 * The lookup of a connection about to be opened: what it answers is what is connected to, so a name cannot be public
 * when it is checked and private when it is used. One private address among several is enough to refuse.
 */ export function guardedLookup(resolve, allowLoopback) {
    const allowed = (hostname, address)=>isPublicAddress(address) || allowLoopback && hostname === 'localhost' && isLoopback(address);
    return (hostname, options, callback)=>{
        const found = resolve(hostname).then((addresses)=>{
            if (addresses.every(({ address })=>allowed(hostname, address))) return fitting(addresses, options);
            throw notPublic(hostname);
        });
        found.then((addresses)=>{
            if (options.all === true) callback(null, addresses);
            else callback(null, addresses[0].address, addresses[0].family);
        }, (error)=>callback(error instanceof Error ? error : new Error('lookup failed'), []));
    };
}
/** Of the family that is asked for, which is usually any. */ function fitting(addresses, { family }) {
    const [first, ...rest] = addresses.filter((found)=>family !== 4 && family !== 6 || found.family === family);
    if (first === undefined) throw Object.assign(new Error('no address'), {
        code: 'ENOTFOUND'
    });
    return [
        first,
        ...rest
    ];
}
/**
 * An address in the URL itself is never looked up, so it is checked here; and a name that can be no public one is told at
 * once, and not when it is connected to. @throws {ConnectorError} CONFIG
 */ export function assertPublicHost(url, allowLoopback) {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const isName = isIP(host) === 0;
    if (isName ? isPublicName(host) : isPublicAddress(host)) return;
    if (allowLoopback && (isName ? host === 'localhost' : isLoopback(host))) return;
    throw notPublic(host);
}
const notPublic = (hostname)=>new ConnectorError('CONFIG', `${hostname} is not on the public internet: private addresses are refused`, {
        code: 'private_address'
    });

//# sourceMappingURL=private-address.js.map