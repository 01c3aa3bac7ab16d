import { changedBy } from './changes.js';
const blank = {
    run: null,
    user: null,
    connection: null,
    provider: null,
    trigger: null,
    operation: null,
    priority: null,
    effective: null,
    queuedAt: null,
    startedAt: null,
    lastStartedAt: null,
    finishedAt: null,
    attempts: 0,
    failures: 0,
    snoozes: 0,
    latenessMs: null,
    durationMs: null,
    totalMs: null,
    recordsRead: null,
    recordsWritten: null,
    recordsRejected: null,
    rejections: null,
    errorClass: null,
    errorMessage: null,
    errorCode: null,
    retryAt: null,
    executor: null,
    reason: null,
    blockedBy: null,
    first: null,
    count: null,
    exact: null,
    attemptLog: null
};
/** Whose schedule it is, for events that do not say. */ function targetOf(schedule, rows) {
    const known = rows.schedules.get(schedule);
    if (known === undefined) return {
        user: null,
        connection: null,
        provider: null,
        operation: null,
        priority: null
    };
    const { user, connection, provider, operation, priority } = known;
    return {
        user,
        connection,
        provider,
        operation,
        priority
    };
}
function buffered(event, schedule, rows) {
    const { by, ...spec } = event.data;
    const { run, trigger, nominal, effective, generation, operation } = spec;
    return {
        ...blank,
        ...targetOf(schedule, rows),
        seq: event.position,
        schedule,
        tenant: event.metadata.tenant,
        run,
        trigger,
        nominal,
        effective,
        generation,
        operation,
        status: 'buffered',
        blockedBy: by
    };
}
function queued(event, schedule) {
    const { run, trigger, nominal, effective, generation, operation, priority, user, connection, provider } = event.data;
    return {
        ...blank,
        seq: event.position,
        schedule,
        tenant: event.metadata.tenant,
        run,
        trigger,
        nominal,
        effective,
        generation,
        operation,
        priority,
        user,
        connection,
        provider,
        queuedAt: event.metadata.at,
        status: 'queued'
    };
}
function notRun(event, schedule, rows) {
    const { tenant, at } = event.metadata;
    const { generation, reason } = event.data;
    const common = {
        ...blank,
        ...targetOf(schedule, rows),
        seq: event.position,
        schedule,
        tenant,
        generation,
        reason,
        finishedAt: at
    };
    if (event.type === 'OccurrenceSkipped') {
        return {
            ...common,
            status: 'skipped',
            nominal: event.data.nominal,
            blockedBy: event.data.by ?? null,
            count: 1,
            exact: true
        };
    }
    const { first, last, count, exact } = event.data;
    return {
        ...common,
        status: 'missed',
        nominal: last,
        first,
        count,
        exact
    };
}
/**
 * `sync_schedule_logs`: one row per decision. Applied before `open_runs` and `dead_letters`, which lead from a run's
 * id to its row; a run that neither knows (its first event was parked) is left out.
 */ export const logs = {
    name: 'sync_schedule_logs',
    apply (event, id, rows) {
        if (event.type === 'OccurrenceSkipped' || event.type === 'OccurrencesMissed') {
            rows.logs.put(event.position, notRun(event, id, rows));
            return;
        }
        if (!('run' in event.data)) return;
        const { run } = event.data;
        const known = event.type === 'RunRedriven' ? rows.deadLetters.get(run) : rows.openRuns.get(run);
        if (known !== undefined) {
            const row = rows.logs.get(known.seq);
            if (row !== undefined) rows.logs.put(known.seq, changedBy(row, event));
        } else if (event.type === 'RunQueued') {
            rows.logs.put(event.position, queued(event, id));
        } else if (event.type === 'RunBuffered') {
            rows.logs.put(event.position, buffered(event, id, rows));
        }
    }
};

//# sourceMappingURL=projection.js.map