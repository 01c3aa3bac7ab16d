import { z } from 'zod';
import { errorClasses } from '#lib/domain/retry';
import { operationTypes, priorities, triggers } from '#lib/domain/schedule';
import { runStatuses } from '../requests.js';
import { event } from './event.js';
import { count, instant, ms, pageOf } from './primitives.js';
export const errorClass = z.enum(Object.keys(errorClasses));
const rejection = z.strictObject({
    stream: z.string(),
    reason: z.string(),
    times: count
});
export const attempt = z.strictObject({
    attempt: count,
    startedAt: instant,
    endedAt: instant.optional(),
    outcome: z.enum([
        'running',
        'succeeded',
        'failed',
        'snoozed',
        'cancelled'
    ]),
    errorClass: errorClass.optional(),
    nextAfterMs: ms.optional()
});
/** Of a range of occurrences that nobody decided in time. */ const missed = z.strictObject({
    count,
    exact: z.boolean().nullable().describe('False: there are at least so many'),
    first: instant.optional(),
    last: instant
});
/** An entry of the occurrence ledger: a run, an occurrence that was skipped, or a range that was missed. */ export const run = z.strictObject({
    id: z.string().describe('occurrence-… for what was skipped or missed'),
    schedule: z.string(),
    user: z.string().optional(),
    connection: z.string().optional(),
    provider: z.string().optional(),
    trigger: z.enum(triggers).optional(),
    operation: z.enum(operationTypes).optional(),
    priority: z.enum(priorities).optional(),
    status: z.enum(runStatuses),
    reason: z.string().optional().describe('Why it was skipped, missed, cancelled or given up'),
    blockedBy: z.string().optional().describe('The run in its way'),
    nominal: instant,
    effective: instant.optional(),
    queuedAt: instant.optional(),
    startedAt: instant.optional(),
    finishedAt: instant.optional(),
    retryAt: instant.optional(),
    latenessMs: ms.optional().describe('Milliseconds from the effective time to the first start'),
    durationMs: ms.optional().describe('Milliseconds, of the last attempt that ended'),
    totalMs: ms.optional().describe('Milliseconds from when it was first queued to its end'),
    executor: z.string().optional(),
    missed: missed.optional(),
    error: z.strictObject({
        class: errorClass,
        message: z.string().optional(),
        code: z.string().optional()
    }).optional(),
    records: z.strictObject({
        read: count,
        written: count,
        rejected: count,
        rejections: z.array(rejection).optional()
    }).optional(),
    attempts: z.array(attempt)
});
export const runList = pageOf(run);
export const runWithEvents = run.extend({
    events: z.array(event)
});

//# sourceMappingURL=run.js.map