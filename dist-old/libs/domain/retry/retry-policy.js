import { HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
import { errorClasses } from './error-class.js';
export const defaultRetryPolicy = {
    maxAttempts: 5,
    baseMs: 10 * SECOND,
    factor: 3,
    capMs: 15 * MINUTE,
    jitter: 'equal',
    budgetMs: 6 * HOUR,
    retryAfterCapMs: 24 * HOUR
};
/** The delay before jitter. Never shrinks as failures grow, however far: no delay stays none. */ export const backoff = ({ baseMs, factor, capMs }, failures)=>baseMs === 0 ? 0 : Math.min(capMs, baseMs * factor ** Math.max(0, failures - 1));
function jittered(policy, delay, fraction) {
    switch(policy.jitter){
        case 'none':
            return delay;
        case 'equal':
            return delay / 2 + delay / 2 * fraction;
        case 'full':
            return delay * fraction;
    }
}
/** Whether and when a failed attempt is tried again. A Retry-After can lengthen the delay, never shorten it. */ export function decideRetry(policy, failed) {
    if (!errorClasses[failed.class].retry) return {
        retry: false,
        reason: 'non_retryable'
    };
    if (failed.failures >= policy.maxAttempts) return {
        retry: false,
        reason: 'attempts_exhausted'
    };
    const asked = Math.min(failed.retryAfterMs ?? 0, policy.retryAfterCapMs);
    const delayMs = Math.round(Math.max(jittered(policy, backoff(policy, failed.failures), failed.fraction), asked));
    if (failed.elapsedMs + delayMs > policy.budgetMs) return {
        retry: false,
        reason: 'budget_exhausted'
    };
    return {
        retry: true,
        delayMs
    };
}

//# sourceMappingURL=retry-policy.js.map