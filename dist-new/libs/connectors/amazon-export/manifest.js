import { z } from 'zod';
import { DAY, HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
export const amazonConfig = z.strictObject({
    /** The uploaded ZIP, or one CSV out of it, within the import folder. */ file: z.string().min(1).max(1_000),
    /** Amazon sells more subscriptions than Prime (Audible, channels, apps) and lists them all in one file. */ include: z.enum([
        'all',
        'prime'
    ]).default('all'),
    /** How to read dates of subscriptions and orders that are written with slashes. Unset: refused where it matters. */ dateFormat: z.enum([
        'day-first',
        'month-first'
    ]).optional(),
    /** Largest share of unreadable rows per file. */ maxBadRows: z.number().min(0).max(1).default(0.1),
    /** Ask for a fresh upload when the file is older and was imported already. Unset: never. */ staleAfterDays: z.number().positive().optional()
});
/**
 * Prime has no API that tells plan or price to everyone; "Request My Data" does
 * (amazon.com/hz/privacy-central/data-requests/preview.html: usually 1–5 days, up to 30).
 */ export const manifest = {
    id: 'amazon.export',
    version: '1.0.0',
    protocol: 1,
    provider: 'amazon_prime',
    auth: {
        kind: 'none_file'
    },
    transport: 'file_import',
    hosts: {},
    streams: [
        {
            name: 'subscriptions',
            modes: [
                'full',
                'incremental'
            ],
            key: [
                'subscription_id'
            ]
        },
        {
            name: 'charges',
            modes: [
                'full',
                'incremental'
            ],
            key: [
                'order_id'
            ]
        },
        {
            name: 'usage',
            modes: [
                'full',
                'incremental'
            ],
            key: [
                'occurred_at',
                'item',
                'video_type'
            ]
        }
    ],
    limits: {
        bucketScope: 'connection',
        requests: 1,
        perSeconds: 1,
        concurrency: 4,
        concurrencyPerConnection: 1
    },
    schedule: {
        defaultIntervalMs: DAY,
        minIntervalMs: HOUR
    },
    run: {
        timeoutMs: 10 * MINUTE,
        maxAttempts: 3,
        backoff: {
            baseMs: 30 * SECOND,
            factor: 2,
            maxMs: HOUR
        }
    },
    errors: [],
    config: amazonConfig,
    secrets: []
};

//# sourceMappingURL=manifest.js.map