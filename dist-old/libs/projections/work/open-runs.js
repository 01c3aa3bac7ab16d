const idle = {
    fence: null,
    executor: null,
    startedAt: null,
    deadline: null,
    resumeAt: null,
    cancelRequested: false
};
function opened(event, schedule, rows) {
    const { run, trigger, nominal, effective, operation } = event.data;
    const isQueued = event.type === 'RunQueued';
    const target = (isQueued ? event.data : rows.schedules.get(schedule)) ?? {};
    const { user = null, connection = null, provider = null, priority = null } = target;
    return {
        ...idle,
        run,
        seq: event.position,
        schedule,
        tenant: event.metadata.tenant,
        user,
        connection,
        provider,
        priority,
        operation,
        trigger,
        attempt: isQueued ? event.data.attempt : 0,
        nominal,
        effective,
        status: isQueued ? 'queued' : 'buffered',
        queuedAt: isQueued ? event.metadata.at : null
    };
}
function changed(row, event) {
    switch(event.type){
        case 'RunQueued':
            {
                const { attempt, priority } = event.data;
                return {
                    ...row,
                    ...idle,
                    attempt,
                    priority,
                    status: 'queued',
                    queuedAt: event.metadata.at
                };
            }
        case 'RunStarted':
            {
                const { fence, executor, deadline, attempt } = event.data;
                // Written out: only the first of several spreads is fast.
                return {
                    ...row,
                    attempt,
                    status: 'running',
                    fence,
                    executor,
                    startedAt: event.metadata.at,
                    deadline,
                    resumeAt: null,
                    cancelRequested: false
                };
            }
        case 'RunFailed':
            return {
                ...row,
                ...idle,
                status: 'retrying',
                resumeAt: event.metadata.at
            };
        case 'RetryScheduled':
            return {
                ...row,
                ...idle,
                status: 'retrying',
                resumeAt: event.data.retryAt
            };
        case 'RunSnoozed':
            return {
                ...row,
                ...idle,
                status: 'snoozed',
                resumeAt: event.data.until
            };
        case 'RunCancelRequested':
            return {
                ...row,
                cancelRequested: true
            };
        default:
            return row;
    }
}
function redriven(run, rows, event) {
    const letter = rows.deadLetters.get(run);
    if (letter === undefined) return;
    const { at: _, ...row } = letter;
    rows.deadLetters.delete(run);
    rows.openRuns.put(run, {
        ...row,
        ...idle,
        status: 'queued',
        queuedAt: event.metadata.at
    });
}
/** `open_runs` and `dead_letters`. Applied last: the other folds look a run up here as it was before the event. */ export const openRuns = {
    name: 'open_runs',
    apply (event, id, rows) {
        if (!('run' in event.data) || event.type === 'RunCheckpointed') return;
        const { run } = event.data;
        if (event.type === 'RunRedriven') {
            redriven(run, rows, event);
            return;
        }
        const row = rows.openRuns.get(run);
        if (row === undefined) {
            if (event.type === 'RunQueued' || event.type === 'RunBuffered') rows.openRuns.put(run, opened(event, id, rows));
        } else if (event.type === 'RunSucceeded' || event.type === 'RunCancelled' || event.type === 'RunAbandoned') {
            rows.openRuns.delete(run);
            if (event.type === 'RunAbandoned') rows.deadLetters.put(run, {
                ...row,
                at: event.metadata.at
            });
        } else {
            rows.openRuns.put(run, changed(row, event));
        }
    }
};

//# sourceMappingURL=open-runs.js.map