import { z } from 'zod';
import { DAY, HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
export const netflixConfig = z.strictObject({
    /** The uploaded ZIP or CSV, within the import folder. */ file: z.string().min(1).max(1_000),
    /** Order of day, month and year in `NetflixViewingHistory.csv`; it follows the account's language. Unset: inferred. */ dateFormat: z.enum([
        'day-first',
        'month-first',
        'year-first'
    ]).optional(),
    /** Whose viewing history a bare `Title,Date` file is: it does not say so itself. */ profile: z.string().max(200).default(''),
    /** Which billing rows count as paid, by the exact words of one column. Unset: all but those whose words say that they failed. */ settled: z.strictObject({
        column: z.enum([
            'Pmt Status',
            'Final Invoice Result',
            'Pmt Txn Type'
        ]),
        values: z.array(z.string()).min(1).max(20)
    }).optional(),
    /** Largest share of unreadable rows per file. */ maxBadRows: z.number().min(0).max(1).default(0.1),
    /** Ask for a fresh upload when the file is older and was imported already. Unset: never. */ staleAfterDays: z.number().positive().optional()
});
/** Netflix has no public API since 2014: the user asks for an export (help.netflix.com/node/100624) and uploads it. */ export const manifest = {
    id: 'netflix.export',
    version: '1.0.0',
    protocol: 1,
    provider: 'netflix',
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
                'started_on'
            ]
        },
        {
            name: 'charges',
            modes: [
                'full',
                'incremental'
            ],
            key: [
                'occurred_on',
                'method',
                'method_last4',
                'txn_type',
                'status_raw',
                'invoice_result'
            ]
        },
        {
            name: 'usage',
            modes: [
                'full',
                'incremental'
            ],
            key: [
                'profile',
                'occurred_at',
                'item',
                'ordinal'
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
    config: netflixConfig,
    secrets: []
};

//# sourceMappingURL=manifest.js.map