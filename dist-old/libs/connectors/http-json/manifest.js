import { HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
import { httpJsonConfig } from './config.js';
import { errors } from './error-rules.js';
/** Which stream, which key and which cursor each connection says for itself. */ const stream = (name)=>({
        name,
        modes: [
            'full',
            'incremental'
        ],
        cursor: 'incremental.cursor',
        key: [
            'records.key'
        ]
    });
export const manifest = {
    id: 'http.json',
    version: '1.0.0',
    protocol: 1,
    provider: 'http',
    auth: {
        kind: 'api_key'
    },
    transport: 'http_pull',
    // Never asked: the address is each connection's own, and `.invalid` leads nowhere for good (RFC 2606).
    hosts: {
        api: 'https://set-per-connection.invalid'
    },
    streams: [
        stream('subscriptions'),
        stream('charges'),
        stream('usage')
    ],
    // Between runs; within one the connection's own limits hold.
    limits: {
        bucketScope: 'connection',
        requests: 30,
        perSeconds: 60,
        concurrency: 8,
        concurrencyPerConnection: 1
    },
    schedule: {
        defaultIntervalMs: 6 * HOUR,
        minIntervalMs: 5 * MINUTE
    },
    run: {
        timeoutMs: 10 * MINUTE,
        maxAttempts: 5,
        backoff: {
            baseMs: 5 * SECOND,
            factor: 2,
            maxMs: 15 * MINUTE
        }
    },
    errors,
    config: httpJsonConfig,
    // The usual names; a connection may name any other.
    secrets: [
        'token',
        'api_key',
        'password'
    ],
    secretsOf: (config)=>{
        // Settings that are wrong are told by the attempt that uses them.
        const auth = httpJsonConfig.safeParse(config).data?.auth;
        return auth === undefined || auth.kind === 'none' ? [] : [
            auth.secret
        ];
    }
};

//# sourceMappingURL=manifest.js.map