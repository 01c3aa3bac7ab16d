import { DAY, HOUR, MINUTE } from '#lib/domain/kernel';
import { defaultRetryPolicy } from '#lib/domain/retry';
export const operationTypes = [
    'full_sync',
    'incremental_sync'
];
/** Ascending: a higher one is dispatched first, and waiting lifts a lower one (ageing). */ export const priorities = [
    'low',
    'normal',
    'high',
    'critical'
];
/**
 * What happens to an occurrence that is due while another run of the schedule is open. Temporal's vocabulary:
 * `skip` it; `buffer_one` holds one back until the open run ends; `buffer_all` holds all back, up to a cap;
 * `cancel_other` asks the open run to stop and waits for it; `terminate_other` cuts it off; `allow_all` runs both.
 */ export const overlapPolicies = [
    'skip',
    'buffer_one',
    'buffer_all',
    'cancel_other',
    'terminate_other',
    'allow_all'
];
export const policyDefaults = {
    priority: 'normal',
    overlap: 'skip',
    bufferCap: 100,
    catchUp: {
        policy: 'once',
        windowMs: 365 * DAY,
        cap: 100
    },
    retry: defaultRetryPolicy,
    retryVersusNext: 'merge',
    snooze: {
        max: 20,
        totalMs: 7 * DAY
    },
    autoPause: {
        failures: 30,
        days: 7
    },
    timeoutMs: 10 * MINUTE
};
/** Most runs of one schedule that may be open at once, whatever its policy: keeps state and snapshots bounded. */ export const MAX_OPEN_RUNS = 1_000;
/** An occurrence decided later than this after its effective time is late, and falls under the catch-up policy. */ export const LATE_AFTER = MINUTE;
/** How long a run that was asked to stop may take before it is cut off. */ export const CANCEL_GRACE = 30_000;
/** How long after its deadline a running attempt is failed by the aggregate, when nobody reported. */ export const DEADLINE_GRACE = 5_000;
/** The largest sync state that a checkpoint or a success may carry, in bytes of JSON. */ export const MAX_SYNC_STATE_BYTES = 16 * 1024;
/** Longest time a snooze may put a run off in one step. */ export const MAX_SNOOZE = 24 * HOUR;

//# sourceMappingURL=definition.js.map