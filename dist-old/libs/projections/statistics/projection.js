import { Bins, binOf } from '../store/bins.js';
import { Buckets, bucketStart } from './buckets.js';
/** What an event adds to: a function for each, as a counter that is named by a variable is looked for by its name. */ const counters = {
    RunQueued: (row, by)=>void (row.queued += by),
    RunBuffered: (row, by)=>void (row.queued += by),
    RunStarted: (row, by)=>void (row.started += by),
    RunFailed: (row, by)=>void (row.failed += by),
    RunAbandoned: (row, by)=>void (row.abandoned += by),
    RunCancelled: (row, by)=>void (row.cancelled += by),
    RunSnoozed: (row, by)=>void (row.snoozed += by),
    RetryScheduled: (row, by)=>void (row.retries += by),
    OccurrenceSkipped: (row, by)=>void (row.skipped += by),
    OccurrencesMissed: (row, by)=>void (row.missed += by)
};
function addLateness(rows, lateness) {
    const whole = Math.round(lateness);
    const bin = binOf(lateness);
    for (const row of rows){
        row.latenessSumMs += whole;
        row.latenessMaxMs = row.latenessMaxMs === null ? whole : Math.max(row.latenessMaxMs, whole);
        (row.latenessBins ??= new Bins()).add(bin);
    }
}
function addSuccess(rows, data) {
    const { counts, durationMs } = data;
    const whole = Math.round(durationMs);
    const bin = binOf(durationMs);
    for (const row of rows){
        row.succeeded += 1;
        row.recordsRead += counts.read;
        row.recordsWritten += counts.written;
        row.recordsRejected += counts.rejected;
        row.durationSumMs += whole;
        row.durationMinMs = row.durationMinMs === null ? whole : Math.min(row.durationMinMs, whole);
        row.durationMaxMs = row.durationMaxMs === null ? whole : Math.max(row.durationMaxMs, whole);
        (row.durationBins ??= new Bins()).add(bin);
    }
}
function groupOf(schedule, { tenant, user, provider }, hour, rows, buckets) {
    const hours = buckets.of(tenant, 'hour', hour, rows);
    const days = buckets.of(tenant, 'day', bucketStart('day', hour), rows);
    return {
        hour,
        rows: [
            hours.row('all', ''),
            hours.row('provider', provider),
            hours.row('user', user),
            days.row('schedule', schedule)
        ]
    };
}
/** A schedule that is not known (its first event was parked) counts for those that its runs name, if they do. */ function strayGroup(event, schedule, hour, rows, buckets) {
    const log = logOf(event, rows);
    const { tenant } = event.metadata;
    return groupOf(schedule, {
        tenant,
        user: log?.user ?? '',
        provider: log?.provider ?? ''
    }, hour, rows, buckets);
}
const logOf = (event, rows)=>{
    const run = 'run' in event.data ? rows.openRuns.get(event.data.run) : undefined;
    return rows.logs.get(run?.seq ?? event.position);
};
function count(event, group, rows) {
    if (event.type === 'RunSucceeded') return addSuccess(group, event.data);
    const add = counters[event.type];
    if (add === undefined) return;
    const lateness = event.type === 'RunStarted' ? firstLateness(event, rows) : undefined;
    const by = event.type === 'OccurrencesMissed' ? event.data.count : 1;
    for (const row of group)add(row, by);
    if (lateness !== undefined) addLateness(group, lateness);
}
/** Later attempts wait for their retry, not for us. */ function firstLateness(event, rows) {
    const log = logOf(event, rows);
    return log?.attempts === 1 && log.latenessMs !== null ? log.latenessMs : undefined;
}
function counts(event, rows) {
    // A run is decided once: when it is queued again, or after it was buffered, it is known already.
    if (event.type === 'RunQueued' || event.type === 'RunBuffered') return rows.openRuns.get(event.data.run) === undefined;
    return event.type === 'RunSucceeded' || counters[event.type] !== undefined;
}
/**
 * `sync_statistics`. Applied after the log table, whose row says whose run it is, and before `open_runs`.
 */ export function statistics() {
    const groups = new Map();
    const buckets = new Buckets();
    return {
        name: 'sync_statistics',
        apply (event, id, rows) {
            if (!counts(event, rows)) return;
            const hour = bucketStart('hour', event.metadata.at);
            let group = groups.get(id);
            if (group === undefined || group.hour !== hour) {
                // Whose it is never changes once it is created: only then may the group be used again.
                const owner = rows.schedules.get(id);
                group = owner === undefined ? strayGroup(event, id, hour, rows, buckets) : groupOf(id, owner, hour, rows, buckets);
                if (owner !== undefined) groups.set(id, group);
            }
            count(event, group.rows, rows);
        },
        settled () {
            groups.clear();
            buckets.clear();
        }
    };
}

//# sourceMappingURL=projection.js.map