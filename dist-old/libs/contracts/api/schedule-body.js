import { z } from 'zod';
import { DAY, SECOND } from '#lib/domain/kernel';
import { canonicalProvider } from '#lib/domain/provider';
import { operationTypes, overlapPolicies, policyDefaults, priorities } from '#lib/domain/schedule';
import { MAX_BATCH } from './depth.js';
import { duration, name, printDuration, text, whole } from './primitives.js';
import { fromRecurrence, recurrenceBody, toRecurrence } from './recurrence-body.js';
const catchUp = z.strictObject({
    policy: z.enum([
        'skip',
        'once',
        'all'
    ]).optional(),
    window: duration(0, 3_660 * DAY).optional(),
    cap: whole(1, 1_000).optional()
});
const retry = z.strictObject({
    maxAttempts: whole(1, 100).optional(),
    base: duration(0, DAY).optional(),
    factor: z.number().min(1).max(100).optional(),
    cap: duration(0, 7 * DAY).optional(),
    jitter: z.enum([
        'full',
        'equal',
        'none'
    ]).optional(),
    budget: duration(0, 30 * DAY).optional(),
    retryAfterCap: duration(0, 7 * DAY).optional()
});
const snooze = z.strictObject({
    max: whole(0, 10_000).optional(),
    total: duration(0, 90 * DAY).optional()
});
const autoPause = z.strictObject({
    failures: whole(0, 10_000).optional(),
    days: whole(0, 365).optional()
});
const policies = {
    priority: z.enum(priorities).optional(),
    overlap: z.enum(overlapPolicies).optional(),
    bufferCap: whole(1, 1_000).optional(),
    catchUp: catchUp.optional(),
    retry: retry.optional(),
    retryVersusNext: z.enum([
        'merge',
        'replace'
    ]).optional(),
    snooze: snooze.optional(),
    autoPause: autoPause.optional(),
    timeout: duration(SECOND, DAY).optional()
};
/** A new schedule. All policies have defaults: see `policyDefaults`. */ export const createScheduleBody = z.strictObject({
    name: text(200).optional(),
    user: name,
    connection: name,
    provider: name,
    operation: z.enum(operationTypes).default('incremental_sync'),
    recurrence: recurrenceBody,
    maxRuns: whole(1, 1_000_000_000).optional(),
    expectedDuration: duration(0, DAY).optional(),
    ...policies
});
const batchOf = (item)=>z.strictObject({
        schedules: z.array(item, `must be an array of 1 to ${MAX_BATCH} schedules`).min(1, 'must hold at least one schedule').max(MAX_BATCH, `must hold ${MAX_BATCH} schedules at most; send the rest in further requests`)
    }, {
        error: (issue)=>issue.code === 'invalid_type' ? 'must be an object like {"schedules": [ … ]}' : undefined
    });
/** Many new schedules, for the description of the API. */ export const createSchedulesBody = batchOf(createScheduleBody);
/** The same with the schedules as they came: each is parsed by itself, so that a bad one stops only itself. */ export const scheduleBatch = batchOf(z.unknown());
/** What may change; `null` takes an optional field away. A recurrence is replaced whole, policies field by field. */ export const updateScheduleBody = z.strictObject({
    name: text(200).nullish(),
    recurrence: recurrenceBody.optional(),
    maxRuns: whole(1, 1_000_000_000).nullish(),
    expectedDuration: duration(0, DAY).nullish(),
    ...policies
}).refine((body)=>Object.values(body).some((value)=>value !== undefined), 'names nothing to change');
/** Only the fields that were given: an absent one must not hide a default. */ const given = (values)=>Object.fromEntries(Object.entries(values).filter(([, value])=>value !== undefined));
/** Policies as the domain has them, over those in force. */ function withPolicies(body, base) {
    const { catchUp: late, retry: again, snooze: later, timeout, autoPause: pause } = body;
    return {
        ...base,
        ...given({
            priority: body.priority,
            overlap: body.overlap,
            bufferCap: body.bufferCap,
            retryVersusNext: body.retryVersusNext,
            timeoutMs: timeout
        }),
        catchUp: {
            ...base.catchUp,
            ...given({
                policy: late?.policy,
                windowMs: late?.window,
                cap: late?.cap
            })
        },
        retry: {
            ...base.retry,
            ...given({
                maxAttempts: again?.maxAttempts,
                baseMs: again?.base,
                factor: again?.factor,
                capMs: again?.cap,
                jitter: again?.jitter,
                budgetMs: again?.budget,
                retryAfterCapMs: again?.retryAfterCap
            })
        },
        snooze: {
            ...base.snooze,
            ...given({
                max: later?.max,
                totalMs: later?.total
            })
        },
        autoPause: {
            ...base.autoPause,
            ...given(pause ?? {})
        }
    };
}
export function toDefinition(body, now) {
    const { user, connection, operation, maxRuns, expectedDuration: expectedDurationMs } = body;
    return {
        ...withPolicies(body, policyDefaults),
        user,
        connection,
        provider: canonicalProvider(body.provider),
        operation,
        recurrence: toRecurrence(body.recurrence, now),
        ...given({
            name: body.name,
            maxRuns,
            expectedDurationMs
        })
    };
}
/** Changes against the definition in force: policies named in part keep the rest. */ export function toChanges(body, now, current) {
    // A field that is named and undefined says nothing; `null` takes it away.
    const changed = given(body);
    const { recurrence, expectedDuration, name: title, maxRuns, ...rest } = changed;
    const after = withPolicies(rest, current);
    const touched = Object.keys(rest).map((key)=>key === 'timeout' ? 'timeoutMs' : key);
    return {
        ...Object.fromEntries(touched.map((key)=>[
                key,
                after[key]
            ])),
        ...recurrence === undefined ? {} : {
            recurrence: toRecurrence(recurrence, now)
        },
        ...'name' in changed ? {
            name: title ?? null
        } : {},
        ...'maxRuns' in changed ? {
            maxRuns: maxRuns ?? null
        } : {},
        ...'expectedDuration' in changed ? {
            expectedDurationMs: expectedDuration ?? null
        } : {}
    };
}
/** The definition in the API's units: what `createScheduleBody` would have to be given to make it again. */ export function fromDefinition(definition) {
    const { recurrence, catchUp: late, retry: again, snooze: later, timeoutMs, expectedDurationMs, ...rest } = definition;
    return {
        ...rest,
        recurrence: fromRecurrence(recurrence),
        catchUp: {
            policy: late.policy,
            window: printDuration(late.windowMs),
            cap: late.cap
        },
        retry: {
            maxAttempts: again.maxAttempts,
            base: printDuration(again.baseMs),
            factor: again.factor,
            cap: printDuration(again.capMs),
            jitter: again.jitter,
            budget: printDuration(again.budgetMs),
            retryAfterCap: printDuration(again.retryAfterCapMs)
        },
        snooze: {
            max: later.max,
            total: printDuration(later.totalMs)
        },
        timeout: printDuration(timeoutMs),
        ...expectedDurationMs === undefined ? {} : {
            expectedDuration: printDuration(expectedDurationMs)
        }
    };
}

//# sourceMappingURL=schedule-body.js.map