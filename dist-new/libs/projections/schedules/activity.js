import { afterPause, afterUpdate, isOfRecurrence, isUndone, mergeChanges } from '#lib/domain/schedule';
const fresh = (schedule, tenant, at)=>({
        schedule,
        tenant,
        revision: -1,
        gaps: 0,
        highWater: at,
        lastSkipped: null,
        lastRun: null,
        lastRunStatus: null,
        lastRunAt: null,
        lastSuccessAt: null,
        consecutiveFailures: 0,
        runs: 0,
        occurrencesRun: 0,
        succeeded: 0,
        failed: 0,
        cancelled: 0,
        skipped: 0,
        missed: 0
    });
function decided(row, event, rows) {
    const { run, trigger, nominal } = event.data;
    if (rows.openRuns.get(run) !== undefined) return;
    row.runs += 1;
    if (!isOfRecurrence(trigger)) return;
    row.occurrencesRun += 1;
    row.highWater = Math.max(row.highWater, nominal);
}
function ended(row, event, status) {
    row.lastRun = event.data.run;
    row.lastRunStatus = status;
    row.lastRunAt = event.metadata.at;
}
function cancelled(row, event, rows) {
    ended(row, event, 'cancelled');
    row.cancelled += 1;
    const open = rows.openRuns.get(event.data.run);
    if (open !== undefined && isUndone(open, event.data.reason)) row.occurrencesRun -= 1;
}
function abandoned(row, event) {
    const { reason } = event.data;
    ended(row, event, 'abandoned');
    row.failed += 1;
    if (reason !== 'superseded' && reason !== 'schedule_paused') row.consecutiveFailures += 1;
}
/** The same rules as the aggregate's `evolve`, for what is shown. */ function change(row, event, rows) {
    const { at } = event.metadata;
    switch(event.type){
        case 'ScheduleUpdated':
            {
                const before = rows.schedules.get(row.schedule);
                if (before === undefined) return;
                const { definition, generation } = before;
                const changed = mergeChanges(definition, event.data.changes);
                const recurs = generation !== event.data.generation;
                row.highWater = afterUpdate({
                    ...row,
                    definition
                }, changed, {
                    recurs,
                    at,
                    lastSkipped: row.lastSkipped
                });
                return;
            }
        case 'SchedulePaused':
            row.highWater = Math.max(row.highWater, at);
            return;
        case 'ScheduleResumed':
            {
                const known = rows.schedules.get(row.schedule);
                row.consecutiveFailures = 0;
                if (known === undefined) return;
                const { definition, pausedUntil } = known;
                row.highWater = afterPause({
                    ...row,
                    definition
                }, pausedUntil ?? undefined, at);
                return;
            }
        case 'OccurrenceSkipped':
            row.skipped += 1;
            row.highWater = Math.max(row.highWater, event.data.nominal);
            if (event.data.reason === 'requested' && event.data.nominal > at) row.lastSkipped = event.data.nominal;
            return;
        case 'OccurrencesMissed':
            row.missed += event.data.count;
            row.highWater = Math.max(row.highWater, event.data.last);
            return;
        case 'RunBuffered':
        case 'RunQueued':
            return decided(row, event, rows);
        case 'RunSucceeded':
            ended(row, event, 'succeeded');
            row.lastSuccessAt = at;
            row.succeeded += 1;
            row.consecutiveFailures = 0;
            return;
        case 'RunCancelled':
            cancelled(row, event, rows);
            return;
        case 'RunAbandoned':
            return abandoned(row, event);
        default:
    }
}
/**
 * `sync_schedule_activity`: counters and the last run of each schedule. Applied before `sync_schedules` and
 * `open_runs`, whose rows it reads as they were before the event.
 */ export const activity = {
    name: 'sync_schedule_activity',
    apply (event, id, rows) {
        const known = rows.activity.before(id, event);
        const row = known === undefined ? fresh(id, event.metadata.tenant, event.metadata.at) : {
            ...known
        };
        change(row, event, rows);
        if (event.revision > row.revision + 1) row.gaps += 1;
        row.revision = event.revision;
        rows.activity.put(id, row);
    }
};

//# sourceMappingURL=activity.js.map