import { z } from 'zod';
import { HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
import { errors } from './errors.js';
const ids = z.array(z.string().min(1).max(100)).min(1).max(50);
export const openaiConfig = z.strictObject({
    /** The organization, as people know it: OpenAI's answers do not name it. */ account: z.string().max(200).default(''),
    /** The first day to read, UTC. Unset: the last 180 days, which are one page of costs. */ since: z.iso.date().refine((day)=>day >= '2020-01-01', 'OpenAI has no costs before 2020').optional(),
    /**
   * Splits each day. Default: one charge per day, because each part is rounded to the cent by itself, and many parts
   * that are worth less than a cent would add up to less than the invoice.
   */ groupBy: z.array(z.enum([
        'project_id',
        'line_item',
        'api_key_id'
    ])).max(3).default([]),
    /** Only these projects. Default: all of the organization. */ projects: ids.optional(),
    /** Tokens and requests by day and model beside the costs. */ usage: z.boolean().default(true),
    /** Days that are read again because late costs change them. */ lagDays: z.number().int().min(0).max(30).default(3)
});
/** The name of the secret: an Admin key; keys of projects and service accounts are refused by OpenAI. */ export const ADMIN_KEY = 'admin_key';
/**
 * What an organization pays for OpenAI's API, by day: platform.openai.com/docs/api-reference/usage/costs. A ChatGPT
 * plan is not part of it.
 */ export const manifest = {
    // OpenAI's interface, of what users know as ChatGPT.
    id: 'openai.org_costs',
    version: '1.0.0',
    protocol: 1,
    provider: 'chatgpt',
    auth: {
        kind: 'api_key'
    },
    transport: 'http_pull',
    hosts: {
        api: 'https://api.openai.com'
    },
    streams: [
        {
            name: 'charges',
            modes: [
                'full',
                'incremental'
            ],
            cursor: 'start_time',
            key: [
                'occurred_on',
                'project_id',
                'line_item',
                'api_key_id',
                'currency'
            ]
        },
        {
            name: 'usage',
            modes: [
                'full',
                'incremental'
            ],
            cursor: 'start_time',
            key: [
                'occurred_at',
                'project_id',
                'item_ref'
            ]
        }
    ],
    // Ours: OpenAI publishes none for these endpoints.
    limits: {
        bucketScope: 'credential',
        requests: 10,
        perSeconds: 60,
        concurrency: 4,
        concurrencyPerConnection: 1
    },
    schedule: {
        defaultIntervalMs: 6 * HOUR,
        minIntervalMs: HOUR
    },
    run: {
        timeoutMs: 5 * MINUTE,
        maxAttempts: 5,
        backoff: {
            baseMs: 5 * SECOND,
            factor: 2,
            maxMs: 15 * MINUTE
        }
    },
    errors,
    config: openaiConfig,
    secrets: [
        ADMIN_KEY
    ]
};

//# sourceMappingURL=manifest.js.map