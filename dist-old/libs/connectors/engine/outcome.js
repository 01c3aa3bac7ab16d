import { isWaitClass, waitOf } from '#lib/domain/retry';
import { excerpt, isConnectorError } from '../kit/index.js';
export const snoozed = (errorClass, delayMs, message)=>({
        kind: 'snoozed',
        class: errorClass,
        delayMs: waitOf(errorClass, delayMs),
        message
    });
/**
 * How an attempt that threw has ended. An abort wins over whatever broke because of it: who aborted knows whether it
 * was the deadline, a cancel or a lost lease.
 */ export function outcomeOf(error, signal, secrets, counts) {
    if (signal.aborted || isConnectorError(error, 'CANCELLED')) return {
        kind: 'cancelled'
    };
    const failure = failureOf(error, secrets);
    if (isWaitClass(failure.class)) return snoozed(failure.class, failure.retryAfterMs, failure.message);
    return {
        kind: 'failed',
        failure,
        ...counts === undefined ? {} : {
            counts
        }
    };
}
/** The failure to be stored and shown: redacted once more by the connection's own secrets, whatever threw it. */ export function failureOf(error, secrets) {
    if (!isConnectorError(error)) return {
        class: 'INTERNAL',
        message: defect(error, secrets),
        code: 'defect'
    };
    return {
        class: error.class,
        message: excerpt(error.message, secrets, 600),
        ...error.code === undefined ? {} : {
            code: error.code
        },
        ...error.retryAfterMs === undefined ? {} : {
            retryAfterMs: error.retryAfterMs
        }
    };
}
/** A defect's words without stack and paths: events and dashboards are no place for them. */ function defect(error, secrets) {
    if (!(error instanceof Error)) return 'the connector failed with something that is not an error';
    const words = error.message.replace(/(?:file:\/\/)?(?:[A-Za-z]:)?(?:[\\/][\w.@ -]+){2,}/g, '[path]');
    return excerpt(`the connector failed: ${error.name}: ${words}`, secrets);
}

//# sourceMappingURL=outcome.js.map