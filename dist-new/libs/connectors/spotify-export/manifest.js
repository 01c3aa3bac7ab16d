import { z } from 'zod';
import { DAY, HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
export const spotifyExportConfig = z.strictObject({
    /** The uploaded ZIP, or one JSON file out of it, within the import folder. */ file: z.string().min(1).max(1_000),
    /** Whose plays these are, where the export does not say: the extended history comes without `Userdata.json`. */ account: z.string().max(200).default(''),
    /** Largest share of unreadable rows per file. */ maxBadRows: z.number().min(0).max(1).default(0.1),
    /** Ask for a fresh upload when the file is older and was imported already. Unset: never. */ staleAfterDays: z.number().positive().optional()
});
/**
 * "Download your data" (support.spotify.com/article/understanding-my-data): account data within 5 days, the extended
 * streaming history within 30. Neither tells plan, price or renewal date.
 */ export const manifest = {
    id: 'spotify.export',
    version: '1.0.0',
    protocol: 1,
    provider: 'spotify',
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
                'account_ref'
            ]
        },
        {
            name: 'charges',
            modes: [
                'full',
                'incremental'
            ],
            key: [
                'account_ref',
                'charge_ref'
            ]
        },
        {
            name: 'usage',
            modes: [
                'full',
                'incremental'
            ],
            key: [
                'account_ref',
                'occurred_at',
                'item_ref',
                'amount'
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
    // A lifetime of plays in 1 GB of JSON is read twice, at some 20 MB a second.
    run: {
        timeoutMs: 30 * MINUTE,
        maxAttempts: 3,
        backoff: {
            baseMs: 30 * SECOND,
            factor: 2,
            maxMs: HOUR
        }
    },
    errors: [],
    config: spotifyExportConfig,
    secrets: []
};

//# sourceMappingURL=manifest.js.map