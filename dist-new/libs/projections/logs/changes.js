/** Instants may have a fraction; a difference of two keeps microseconds, not the noise below. */ /** Never negative: a clock may have been set back, and what is asked for by hand need not wait for its spread. */ const elapsed = (from, to)=>Math.max(0, Math.round((to - from) * 1_000) / 1_000);
const counts = (of)=>({
        recordsRead: of.read,
        recordsWritten: of.written,
        recordsRejected: of.rejected,
        rejections: of.rejections ?? null
    });
function endAttempt(row, at, outcome, error) {
    const last = row.attemptLog?.at(-1);
    if (row.attemptLog === null || last === undefined || last[3] !== 'running') return row.attemptLog;
    const ended = error === undefined ? [
        last[0],
        last[1],
        at,
        outcome
    ] : [
        last[0],
        last[1],
        at,
        outcome,
        error
    ];
    return [
        ...row.attemptLog.slice(0, -1),
        ended
    ];
}
/** The delay until the next attempt, noted on the one that has ended. */ function withDelay(log, delayMs) {
    const last = log?.at(-1);
    if (log === null || last === undefined) return log;
    return [
        ...log.slice(0, -1),
        [
            last[0],
            last[1],
            last[2],
            last[3],
            last[4] ?? null,
            delayMs
        ]
    ];
}
const sinceQueued = (row, at)=>row.queuedAt === null ? null : elapsed(row.queuedAt, at);
/** What is backfilled was due long ago, and is not late. */ const latenessOf = ({ effective, trigger }, at)=>effective === null || trigger === 'backfill' ? null : elapsed(effective, at);
function queuedAgain(row, event) {
    const { priority } = event.data;
    return {
        ...row,
        status: 'queued',
        priority,
        queuedAt: row.queuedAt ?? event.metadata.at,
        retryAt: null
    };
}
function started(row, event) {
    const { at } = event.metadata;
    const entry = [
        event.data.attempt,
        at,
        null,
        'running'
    ];
    return {
        ...row,
        status: 'running',
        executor: event.data.executor,
        attempts: row.attempts + 1,
        startedAt: row.startedAt ?? at,
        lastStartedAt: at,
        latenessMs: row.latenessMs ?? latenessOf(row, at),
        attemptLog: row.attemptLog === null ? [
            entry
        ] : [
            ...row.attemptLog,
            entry
        ]
    };
}
function succeeded(row, event) {
    const { at } = event.metadata;
    const { read, written, rejected, rejections = null } = event.data.counts;
    // Written out, as most runs end so: only the first of several spreads is fast.
    return {
        ...row,
        recordsRead: read,
        recordsWritten: written,
        recordsRejected: rejected,
        rejections,
        errorClass: null,
        errorMessage: null,
        errorCode: null,
        status: 'succeeded',
        finishedAt: at,
        durationMs: event.data.durationMs,
        totalMs: sinceQueued(row, at),
        retryAt: null,
        reason: null,
        attemptLog: endAttempt(row, at, 'succeeded')
    };
}
function failed(row, event) {
    const { error, durationMs, cause } = event.data;
    return {
        ...row,
        status: 'retrying',
        failures: row.failures + 1,
        durationMs,
        errorClass: error.class,
        errorMessage: error.message,
        errorCode: error.code ?? (cause === 'reported' ? null : cause),
        attemptLog: endAttempt(row, event.metadata.at, 'failed', error.class)
    };
}
function snoozed(row, event) {
    const { until, class: errorClass, message, durationMs } = event.data;
    const { at } = event.metadata;
    const ended = withDelay(endAttempt(row, at, 'snoozed', errorClass), elapsed(at, until));
    const error = {
        errorClass,
        errorMessage: message,
        errorCode: null
    };
    return {
        ...row,
        ...error,
        status: 'snoozed',
        snoozes: row.snoozes + 1,
        retryAt: until,
        durationMs,
        attemptLog: ended
    };
}
function over(row, event) {
    const { at } = event.metadata;
    const end = {
        finishedAt: at,
        totalMs: sinceQueued(row, at),
        retryAt: null,
        reason: event.data.reason
    };
    const status = event.type === 'RunCancelled' ? 'cancelled' : 'abandoned';
    return {
        ...row,
        ...end,
        status,
        attemptLog: endAttempt(row, at, 'cancelled')
    };
}
/** The row of a run after one more of its events. */ export function changedBy(row, event) {
    switch(event.type){
        case 'RunQueued':
            return queuedAgain(row, event);
        case 'RunStarted':
            return started(row, event);
        case 'RunCheckpointed':
            return {
                ...row,
                ...counts(event.data.counts)
            };
        case 'RunSucceeded':
            return succeeded(row, event);
        case 'RunFailed':
            return failed(row, event);
        case 'RetryScheduled':
            return {
                ...row,
                status: 'retrying',
                retryAt: event.data.retryAt,
                attemptLog: withDelay(row.attemptLog, event.data.delayMs)
            };
        case 'RunSnoozed':
            return snoozed(row, event);
        case 'RunCancelRequested':
            return {
                ...row,
                reason: event.data.reason
            };
        case 'RunCancelled':
        case 'RunAbandoned':
            return over(row, event);
        case 'RunRedriven':
            return {
                ...row,
                status: 'queued',
                failures: 0,
                snoozes: 0,
                finishedAt: null,
                totalMs: null,
                reason: null
            };
        default:
            return row;
    }
}

//# sourceMappingURL=changes.js.map