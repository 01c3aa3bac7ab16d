import { z } from 'zod';
import { operationTypes, priorities } from '#lib/domain/schedule';
import { errorClasses } from '#lib/domain/retry';
/** Messages as they come in from another process: strict, because the other side may be another release or a forgery. */ const id = z.string().min(1).max(300);
const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const number = z.number().min(0);
const object = z.record(z.string(), z.unknown());
/** Cut rather than refused: a long message must not cost the report. */ const text = z.string().transform((value)=>value.slice(0, 4_096));
const errorClass = z.enum(Object.keys(errorClasses));
export const workItemSchema = z.strictObject({
    tenant: id,
    schedule: id,
    run: id,
    attempt: count,
    provider: id,
    user: id,
    connection: id,
    priority: z.enum(priorities),
    epoch: number,
    repeat: count
});
export const claimSchema = z.strictObject({
    tenant: id,
    schedule: id,
    run: id,
    attempt: count,
    executor: id,
    claim: id,
    epoch: number
});
const ref = {
    tenant: id,
    schedule: id,
    run: id,
    attempt: count,
    fence: count
};
const rejection = z.strictObject({
    stream: id,
    reason: z.string().max(300),
    times: count
});
const counts = z.strictObject({
    read: count,
    written: count,
    rejected: count,
    rejections: z.array(rejection).max(20).optional()
});
/** Without the executor, which the subject names: releases that know no such field refuse it. */ export const checkpointSchema = z.strictObject({
    ...ref,
    state: object,
    counts
});
const bucket = z.literal('own').optional();
const failure = z.strictObject({
    class: errorClass,
    message: text,
    code: z.string().max(200).optional(),
    retryAfterMs: number.optional(),
    bucket
});
export const outcomeSchema = z.discriminatedUnion('kind', [
    z.strictObject({
        kind: z.literal('succeeded'),
        counts,
        state: object.optional()
    }),
    z.strictObject({
        kind: z.literal('failed'),
        error: failure
    }),
    z.strictObject({
        kind: z.literal('snoozed'),
        class: errorClass,
        delayMs: number,
        message: text,
        bucket
    }),
    z.strictObject({
        kind: z.literal('cancelled')
    })
]);
export const reportSchema = z.strictObject({
    ...ref,
    executor: id,
    outcome: outcomeSchema
});
const aboutConnection = {
    ...ref,
    executor: id,
    connection: id
};
export const connectionSchema = z.strictObject(aboutConnection);
export const tokenSchema = z.strictObject({
    ...aboutConnection,
    refused: z.string().max(16_384).optional()
});
export const stopSchema = z.object({
    run: id,
    lost: z.boolean().optional(),
    fence: count.optional()
});
export const givenWorkSchema = z.object({
    claim: id,
    items: z.array(z.object({
        item: workItemSchema.strip(),
        granted: z.object({
            granted: z.literal(true),
            fence: count,
            deadline: number,
            leaseMs: number,
            operation: z.enum(operationTypes),
            nominal: number,
            state: object.optional()
        })
    }))
});
/** What later releases add to it is left out, for executors and schedulers are not replaced all at once. */ export const heartbeatSchema = z.object({
    executor: id,
    at: number,
    running: z.array(z.strictObject({
        ...ref,
        done: number.optional(),
        total: number.optional()
    })).max(100_000),
    asking: z.array(z.object({
        run: id,
        attempt: count
    })).max(100_000).optional(),
    claim: id.optional(),
    providers: z.array(id).max(10_000).optional(),
    resources: z.object({
        capacity: count,
        running: count,
        queued: count,
        cpu: number,
        rssBytes: number,
        loopDelayMs: number,
        overloaded: z.boolean(),
        completed: count,
        refused: count
    })
});

//# sourceMappingURL=schemas.js.map