import { z } from 'zod';
import { count, decided, eventType, instant, ms, pageOf, position, repeated, revision } from './primitives.js';
const names = z.array(z.string()).optional();
const status = z.enum([
    'active',
    'disabled',
    'deleted'
]);
export const webhook = z.strictObject({
    id: z.string(),
    status,
    version: count.describe('What the ETag has, and If-Match compares'),
    url: z.string(),
    description: z.string().optional(),
    filter: z.strictObject({
        types: names,
        schedules: names,
        users: names,
        connections: names,
        providers: names
    }).describe('Each list narrows'),
    disabled: z.strictObject({
        cause: z.enum([
            'request',
            'gone',
            'failing'
        ]),
        at: instant.optional(),
        note: z.string().optional()
    }).optional(),
    failing: z.strictObject({
        since: instant,
        inARow: count,
        lastError: z.string().nullable()
    }).optional().describe('Since the last success'),
    lastSuccessAt: instant.optional(),
    previousSecretUntil: instant.optional().describe('Until then what is sent is signed with the one before, too'),
    delivered: count,
    pending: count.describe('Wait to be tried again'),
    deadLettered: count,
    createdAt: instant,
    updatedAt: instant
});
export const webhookList = pageOf(webhook);
/** One event and one webhook: the last of what became of it. */ export const delivery = z.strictObject({
    position,
    event: z.string().describe('Its id, under which every try is sent'),
    type: eventType,
    stream: z.string(),
    revision,
    status: z.enum([
        'delivered',
        'pending',
        'dead_lettered'
    ]),
    attempts: count.describe('Tries of the present round'),
    deliveries: count.describe('Times that it was taken'),
    statusCode: z.int().optional(),
    message: z.string().optional(),
    reason: z.enum([
        'attempts_exhausted',
        'skipped'
    ]).optional(),
    durationMs: ms.optional(),
    retryAt: instant.optional(),
    replay: z.string().optional(),
    firstAt: instant,
    lastAt: instant
});
export const deliveryList = pageOf(delivery);
const known = {
    id: z.string(),
    version: count
};
export const webhookChange = z.strictObject({
    id: known.id.optional().describe('Absent: it is deleted'),
    status,
    version: known.version.optional().describe('Absent: it is deleted'),
    ...decided,
    repeated
});
const secret = z.string().describe('Shown here, and to a repeated request, and nowhere else');
export const webhookRegistered = webhookChange.extend({
    ...known,
    secret
});
export const secretRotated = webhookChange.extend({
    ...known,
    secret,
    previousUntil: instant
});
/** Asked again, it is the range of the first time, and not told. */ export const replayRequested = webhookChange.extend({
    ...known,
    replay: z.string(),
    after: position.optional(),
    through: position.optional()
});
/** What came of a test. */ export const webhookTest = z.discriminatedUnion('kind', [
    z.strictObject({
        kind: z.literal('delivered'),
        id: z.string().describe('Of the message, as `webhook-id` has it'),
        status: z.int(),
        durationMs: ms
    }),
    z.strictObject({
        kind: z.literal('failed'),
        id: z.string().describe('Of the message, as `webhook-id` has it'),
        message: z.string().describe('What went wrong'),
        status: z.int().optional(),
        durationMs: ms,
        retryAfterMs: ms.optional()
    })
]);

//# sourceMappingURL=webhook.js.map