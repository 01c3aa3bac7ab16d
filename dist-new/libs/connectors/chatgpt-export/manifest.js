import { z } from 'zod';
import { DAY, HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
export const chatgptConfig = z.strictObject({
    /** The uploaded ZIP, or `user.json` or `conversations.json` out of it, within the import folder. */ file: z.string().min(1).max(1_000),
    /** Largest share of unreadable conversations and messages per file. */ maxBadRows: z.number().min(0).max(1).default(0.1),
    /** Ask for a fresh upload when the file is older and was imported already. Unset: never. */ staleAfterDays: z.number().positive().optional()
});
/**
 * ChatGPT's data export (help.openai.com/articles/7260999): asked for by the user, ready within days, for a link of 24
 * hours. It tells whether there is a paid plan, and not which; no price and no renewal date.
 */ export const manifest = {
    id: 'chatgpt.export',
    version: '1.0.0',
    protocol: 1,
    provider: 'chatgpt',
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
            name: 'usage',
            modes: [
                'full',
                'incremental'
            ],
            cursor: 'update_time',
            key: [
                'occurred_at',
                'item'
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
    // A gigabyte of conversations is read at some 20 MB a second.
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
    config: chatgptConfig,
    secrets: []
};

//# sourceMappingURL=manifest.js.map