import { HOUR } from '#lib/domain/kernel';
import { policyDefaults } from '#lib/domain/schedule';
/** Monday 2027-03-01 00:00 UTC: the origin of examples. */ export const T0 = Date.UTC(2027, 2, 1);
export const hourly = {
    frequency: 'hourly',
    minute: 0,
    zone: 'UTC',
    excludedDates: [],
    blackouts: [],
    gap: 'shift',
    fold: 'first',
    spreadMs: 0
};
/** A schedule definition with every policy at its default, due each full hour. */ export const definition = (overrides = {})=>({
        ...policyDefaults,
        user: 'user-1',
        connection: 'connection-1',
        provider: 'spotify',
        operation: 'incremental_sync',
        recurrence: hourly,
        ...overrides
    });
export const create = (overrides = {}, now = T0)=>({
        type: 'CreateSchedule',
        now,
        id: 's1',
        definition: definition(overrides)
    });
export const advance = (now)=>({
        type: 'AdvanceSchedule',
        now,
        fraction: 0.5
    });
/** The run of the nth full hour after T0. */ export const hourlyRun = (n, generation = 1)=>`s1.${generation}.${(T0 + n * HOUR).toString(36)}`;
export const start = (run, now, attempt = 1)=>({
        type: 'StartRun',
        now,
        run,
        attempt,
        executor: 'x1',
        claim: `claim-${attempt}`
    });
export const reported = (run, outcome, fence, now, attempt = 1)=>({
        type: 'ReportRun',
        now,
        run,
        attempt,
        fence,
        executor: 'x1',
        outcome,
        fraction: 0.5
    });
export const succeed = (run, fence, now, attempt = 1)=>reported(run, {
        kind: 'succeeded',
        counts: {
            read: 1,
            written: 1,
            rejected: 0
        }
    }, fence, now, attempt);
export const fail = (run, fence, now, attempt = 1, errorClass = 'TRANSIENT')=>reported(run, {
        kind: 'failed',
        error: {
            class: errorClass,
            message: 'it broke'
        }
    }, fence, now, attempt);
/** Asked for by somebody, unless told otherwise. */ export const pause = (now, more = {})=>({
        type: 'PauseSchedule',
        now,
        cause: 'request',
        ...more
    });

//# sourceMappingURL=schedules.js.map