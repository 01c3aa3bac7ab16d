import { DAY, HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
/**
 * When a delivery is tried: at once, and then so long after each failure. The table of the Standard Webhooks
 * specification 1.0.0 ("Deliverability and reliability"): ten tries within 75 h 35 m.
 */ export const retryTable = [
    5 * SECOND,
    5 * MINUTE,
    30 * MINUTE,
    2 * HOUR,
    5 * HOUR,
    10 * HOUR,
    14 * HOUR,
    20 * HOUR,
    24 * HOUR
];
export const MOST_ATTEMPTS = retryTable.length + 1;
/** Each delay is up to a tenth shorter or longer, so that what failed together does not come back together. */ const JITTER = 0.1;
/** A receiver's Retry-After is honoured up to this. */ const LONGEST_RETRY_AFTER = DAY;
/** An endpoint that took nothing for so long is disabled. */ export const FAILING_FOR = 5 * DAY;
/** So many failures in a row: nothing new is begun, and what waits is tried one at a time, until one is taken. */ export const FAILING_IN_A_ROW = 5;
/**
 * Answers that speak of the message and not of the receiver: not understood, too large, not acceptable as it is. Others may
 * be taken: they do not count among failures in a row.
 */ const ABOUT_THE_MESSAGE = new Set([
    400,
    413,
    415,
    422
]);
export const isAboutTheMessage = (status)=>status !== undefined && ABOUT_THE_MESSAGE.has(status);
/** So many wait to be tried again: nothing new is begun. */ export const MOST_PENDING = 1_000;
/** The next try after so many; undefined: there is none. A Retry-After can lengthen the delay, never shorten it. */ export function nextAttempt(attempts, { now, fraction, retryAfterMs = 0 }) {
    const delay = retryTable[attempts - 1];
    if (delay === undefined) return undefined;
    const jittered = delay * (1 - JITTER + 2 * JITTER * fraction);
    return now + Math.round(Math.max(jittered, Math.min(retryAfterMs, LONGEST_RETRY_AFTER)));
}
/** So often in a row that nothing new is to be begun. */ export const isFailing = ({ failing })=>failing !== undefined && failing.inARow >= FAILING_IN_A_ROW;
/** Nothing new is begun. Where nothing is left to try again, the next new one shows whether it is taken. */ export const isHeld = (webhook)=>webhook.pending.length >= MOST_PENDING || isFailing(webhook) && webhook.pending.length > 0;

//# sourceMappingURL=attempts.js.map