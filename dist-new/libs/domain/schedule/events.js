/** Why a run exists. */ export const triggers = [
    'occurrence',
    'catch_up',
    'manual',
    'backfill'
];
/** Made by the recurrence, on time or late; not asked for. */ export const isOfRecurrence = (trigger)=>trigger === 'occurrence' || trigger === 'catch_up';
export const pauseCauses = [
    'request',
    'auto_pause',
    'connection_suspended'
];
export const skipReasons = [
    'overlap',
    'buffer_full',
    'merged_into_retry',
    'requested',
    'paused'
];
export const missReasons = [
    'catch_up_skip',
    'catch_up_once',
    'catch_up_window',
    'catch_up_cap',
    'paused'
];
export const cancelReasons = [
    'requested',
    'superseded',
    'terminated_by_overlap',
    'schedule_paused',
    'schedule_deleted',
    'not_answered'
];
export const abandonReasons = [
    'non_retryable',
    'attempts_exhausted',
    'budget_exhausted',
    'snooze_exhausted',
    'superseded',
    'schedule_paused'
];
/**
 * An executor that was asked to stop gives back what it runs: that uses up no attempt. One that is not heard of any more may have died
 * of the work itself, so that does.
 */ export const isSpared = ({ error, cause })=>error.class === 'INTERRUPTED' && cause === 'reported';

//# sourceMappingURL=events.js.map