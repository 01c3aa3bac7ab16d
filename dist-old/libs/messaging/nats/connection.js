import { readFileSync } from 'node:fs';
import { connect, credsAuthenticator, nkeyAuthenticator } from '@nats-io/transport-node';
/** Configuration that must not be used, or a system that cannot be reached. Never holds a secret. */ export class NatsUnusable extends Error {
    constructor(...args){
        super(...args), this.name = 'NatsUnusable';
    }
}
const DRAIN_MS = 1_000;
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[?::1\]?)$/;
const plain = (server, options)=>options.tls === undefined && !/^(tls|wss):/.test(server);
function hostOf(server) {
    try {
        return new URL(server.includes('://') ? server : `nats://${server}`).hostname;
    } catch  {
        throw new NatsUnusable('a NATS address is not a URL like nats://host:4222');
    }
}
function authenticator(options) {
    const { token, user, password, nkeySeedFile, credsFile } = options;
    if (credsFile !== undefined) return {
        authenticator: credsAuthenticator(readFileSync(credsFile))
    };
    if (nkeySeedFile !== undefined) {
        const seed = readFileSync(nkeySeedFile, 'utf8').trim();
        return {
            authenticator: nkeyAuthenticator(new TextEncoder().encode(seed))
        };
    }
    if (token !== undefined) return {
        token
    };
    return user === undefined ? {} : {
        user,
        pass: password ?? ''
    };
}
/** What every client of ours has in common: for Nest's transport too. */ export function connectionOptions(options) {
    const exposed = options.servers.find((server)=>plain(server, options) && !LOOPBACK.test(hostOf(server)));
    if (exposed !== undefined && options.allowPlainText !== true) {
        throw new NatsUnusable(`NATS at ${hostOf(exposed)} would be spoken to unencrypted: use tls://, or say that this network may be trusted`);
    }
    return {
        servers: [
            ...options.servers
        ],
        name: `${options.role} ${options.name}`,
        ...authenticator(options),
        ...options.tls === undefined ? {} : {
            tls: {
                ...options.tls
            }
        },
        // Private, so that a permission for it shows nobody else's answers.
        inboxPrefix: `_INBOX.${options.role}.${options.name}`,
        maxReconnectAttempts: -1,
        reconnectTimeWait: 250,
        reconnectJitter: 250,
        ignoreAuthErrorAbort: true,
        // A peer that went silent is noticed after about six seconds.
        pingInterval: 3_000,
        maxPingOut: 2,
        // A stack for each request in case it fails: an eighth of a busy scheduler's time.
        noAsyncTraces: true
    };
}
/** Lets what is on its way arrive, for a while, then closes. Idempotent. */ export async function disconnectNats(nc) {
    if (nc.isClosed()) return;
    // A connection that is down cannot be drained, and the client would wait for it.
    const closing = new Promise((resolve)=>setTimeout(resolve, DRAIN_MS).unref());
    await Promise.race([
        nc.drain().catch(()=>{}),
        closing
    ]);
    if (!nc.isClosed()) await nc.close();
}
/** @throws {NatsUnusable} where it cannot be reached or entered now. Later losses are reconnected for ever. */ export async function connectNats(options) {
    const hosts = options.servers.map(hostOf).join(', ');
    try {
        return await connect(connectionOptions(options));
    } catch (error) {
        if (error instanceof NatsUnusable) throw error;
        const why = error instanceof Error ? error.message : String(error);
        throw new NatsUnusable(`NATS at ${hosts} cannot be reached or entered: ${why}`, {
            cause: error
        });
    }
}

//# sourceMappingURL=connection.js.map