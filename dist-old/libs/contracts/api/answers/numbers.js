import { z } from 'zod';
import { operationTypes, priorities, triggers } from '#lib/domain/schedule';
import { count, counts, instant, ms } from './primitives.js';
import { stopped } from './provider.js';
/** Numbers: how things stand, over time, and in one report. */ const quantile = z.number().nullable().describe('Milliseconds; null: nothing was measured');
const quantiles = {
    p50: quantile,
    p90: quantile,
    p99: quantile,
    mean: quantile,
    max: quantile
};
export const measures = z.strictObject({
    queued: count,
    started: count,
    succeeded: count,
    failed: count,
    abandoned: count,
    cancelled: count,
    snoozed: count,
    retries: count,
    skipped: count,
    missed: count,
    recordsRead: count,
    recordsWritten: count,
    recordsRejected: count,
    successRate: z.number().nullable().describe('0 to 1, of runs that succeeded or were given up'),
    duration: z.strictObject({
        ...quantiles,
        min: quantile
    }).describe('Of attempts that succeeded'),
    lateness: z.strictObject(quantiles).describe('From the effective time to the first start')
});
export const stats = z.strictObject({
    schedules: z.strictObject({
        total: count,
        byStatus: counts,
        byFrequency: counts,
        byProvider: counts
    }),
    last24Hours: measures,
    openRuns: counts.describe('By status'),
    openConflicts: count,
    nextDue: z.strictObject({
        schedule: z.string(),
        wakeAt: instant
    }).nullable()
});
export const statistics = z.strictObject({
    from: instant,
    to: instant,
    bucket: z.enum([
        'hour',
        'day'
    ]),
    scope: z.enum([
        'all',
        'provider',
        'user',
        'schedule'
    ]),
    items: z.array(measures.extend({
        start: instant,
        subject: z.string()
    }))
});
const executor = z.strictObject({
    id: z.string(),
    seenAt: instant,
    capacity: count,
    running: count,
    queued: count,
    cpu: z.number().describe('Share of one core'),
    rssBytes: count,
    loopDelayMs: ms,
    overloaded: z.boolean(),
    completed: count,
    refused: count
});
export const resources = z.strictObject({
    capacity: count.describe('Attempts that may run at once'),
    running: count,
    waiting: count,
    executors: z.array(executor)
});
const openRun = z.strictObject({
    run: z.string(),
    schedule: z.string(),
    tenant: z.string(),
    user: z.string(),
    connection: z.string(),
    provider: z.string(),
    priority: z.enum(priorities),
    operation: z.enum(operationTypes),
    trigger: z.enum(triggers),
    attempt: count,
    nominal: instant,
    effective: instant,
    status: z.enum([
        'buffered',
        'queued',
        'running',
        'retrying',
        'snoozed'
    ]),
    queuedAt: instant,
    fence: count.optional(),
    executor: z.string().optional(),
    startedAt: instant.optional(),
    deadline: instant.optional(),
    resumeAt: instant.optional(),
    cancelRequested: z.boolean()
});
export const queue = z.strictObject({
    capacity: count.describe('Attempts that may run at once'),
    running: count,
    providers: z.array(z.strictObject({
        provider: z.string(),
        waiting: count,
        running: count,
        stopped: stopped.optional()
    })),
    open: z.array(openRun)
});
const mention = {
    schedule: z.string(),
    name: z.string().nullable(),
    user: z.string(),
    provider: z.string()
};
export const report = z.strictObject({
    from: instant,
    to: instant,
    totals: measures,
    byProvider: z.array(measures.extend({
        provider: z.string()
    })),
    byUser: z.array(z.strictObject({
        user: z.string(),
        queued: count,
        succeeded: count,
        abandoned: count
    })).describe('The ten with the most runs'),
    skipReasons: counts,
    missReasons: counts,
    errors: counts.describe('Runs given up, by the class of their last error'),
    slowest: z.array(z.strictObject({
        ...mention,
        meanMs: ms,
        maxMs: ms,
        runs: count
    })),
    failing: z.array(z.strictObject({
        ...mention,
        consecutiveFailures: count,
        lastRunAt: instant.nullable()
    })).describe('Given up in a row, up to now'),
    conflicts: z.strictObject({
        opened: count,
        resolved: count,
        open: count
    }),
    resources
});

//# sourceMappingURL=numbers.js.map