import { z } from 'zod';
import { HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
import { errors } from './errors.js';
const merchantRule = z.strictObject({
    /** Text in the merchant's name or in the bank's description, whatever the case. */ contains: z.string().min(3).max(100),
    provider: z.string().regex(/^[a-z0-9][a-z0-9_:-]{0,59}$/, 'a provider is named in lower case')
});
export const plaidConfig = z.strictObject({
    environment: z.enum([
        'production',
        'sandbox'
    ]).default('production'),
    /** Only these accounts of the Item. Default: all that the user shared. */ accounts: z.array(z.string().min(1).max(100)).min(1).max(50).optional(),
    /** Looked at before our own table, because banks write merchants differently from country to country. */ merchants: z.array(merchantRule).max(50).default([])
});
/** What a bank sees of subscriptions, over Plaid: plaid.com/docs/api/products/transactions. */ export const manifest = {
    id: 'bank.plaid',
    version: '1.0.0',
    protocol: 1,
    provider: 'bank',
    auth: {
        kind: 'bank_link'
    },
    transport: 'http_pull',
    // By the config's environment.
    hosts: {
        production: 'https://production.plaid.com',
        sandbox: 'https://sandbox.plaid.com'
    },
    streams: [
        {
            name: 'subscriptions',
            modes: [
                'full'
            ],
            key: [
                'account_ref',
                'stream_ref'
            ]
        },
        {
            name: 'charges',
            modes: [
                'full',
                'incremental'
            ],
            cursor: 'next_cursor',
            key: [
                'charge_ref'
            ]
        }
    ],
    // Ours, well under what is published for /transactions/sync (50 a minute and Item); for /recurring none is.
    limits: {
        bucketScope: 'item',
        requests: 10,
        perSeconds: 60,
        concurrency: 4,
        concurrencyPerConnection: 1
    },
    // Plaid itself asks most banks one to four times a day (plaid.com/docs/transactions/webhooks).
    schedule: {
        defaultIntervalMs: 12 * HOUR,
        minIntervalMs: HOUR
    },
    run: {
        timeoutMs: 5 * MINUTE,
        maxAttempts: 5,
        // No answer says how long to wait, hence the long last step.
        backoff: {
            baseMs: 5 * SECOND,
            factor: 3,
            maxMs: 30 * MINUTE
        }
    },
    errors,
    config: plaidConfig,
    secrets: [
        'client_id',
        'secret',
        'access_token'
    ]
};

//# sourceMappingURL=manifest.js.map