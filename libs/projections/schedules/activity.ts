import type { Instant } from '#lib/domain/kernel';
import { afterPause, afterUpdate, mergeChanges } from '#lib/domain/schedule';
import type { Projection, ScheduleFact } from '../runner/projection.js';
import type { Rows } from '../store/rows.js';
import type { ActivityRow } from './table.js';

const fresh = (schedule: string, tenant: string, at: Instant): ActivityRow => ({
  schedule,
  tenant,
  revision: -1,
  gaps: 0,
  highWater: at,
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
  missed: 0,
});

function decided(
  row: ActivityRow,
  event: Extract<ScheduleFact, { type: 'RunQueued' | 'RunBuffered' }>,
  rows: Rows,
): ActivityRow {
  const { run, trigger, nominal } = event.data;
  if (rows.openRuns.get(run) !== undefined) return row;
  const occurrence = trigger === 'occurrence' || trigger === 'catch_up';
  return {
    ...row,
    runs: row.runs + 1,
    occurrencesRun: row.occurrencesRun + (occurrence ? 1 : 0),
    highWater: occurrence ? Math.max(row.highWater, nominal) : row.highWater,
  };
}

function abandoned(row: ActivityRow, event: Extract<ScheduleFact, { type: 'RunAbandoned' }>): ActivityRow {
  const { reason, run } = event.data;
  const gaveUp = reason !== 'superseded' && reason !== 'schedule_paused';
  return {
    ...row,
    lastRun: run,
    lastRunStatus: 'abandoned',
    lastRunAt: event.metadata.at,
    failed: row.failed + 1,
    consecutiveFailures: gaveUp ? row.consecutiveFailures + 1 : row.consecutiveFailures,
  };
}

/** The same rules as the aggregate's `evolve`, for what is shown. */
function changed(row: ActivityRow, event: ScheduleFact, rows: Rows): ActivityRow {
  const { at } = event.metadata;
  switch (event.type) {
    case 'ScheduleUpdated': {
      const before = rows.schedules.get(row.schedule);
      if (before === undefined) return row;
      const { definition, generation } = before;
      const changed = mergeChanges(definition, event.data.changes);
      const recurs = generation !== event.data.generation;
      return { ...row, highWater: afterUpdate({ ...row, definition }, changed, { recurs, at }) };
    }
    case 'SchedulePaused':
      return { ...row, highWater: Math.max(row.highWater, at) };
    case 'ScheduleResumed': {
      const known = rows.schedules.get(row.schedule);
      if (known === undefined) return { ...row, consecutiveFailures: 0 };
      const { definition, pausedUntil } = known;
      const highWater = afterPause({ ...row, definition }, pausedUntil ?? undefined, at);
      return { ...row, consecutiveFailures: 0, highWater };
    }
    case 'OccurrenceSkipped':
      return { ...row, skipped: row.skipped + 1, highWater: Math.max(row.highWater, event.data.nominal) };
    case 'OccurrencesMissed':
      return {
        ...row,
        missed: row.missed + event.data.count,
        highWater: Math.max(row.highWater, event.data.last),
      };
    case 'RunBuffered':
    case 'RunQueued':
      return decided(row, event, rows);
    case 'RunSucceeded': {
      return {
        ...row,
        lastRun: event.data.run,
        lastRunStatus: 'succeeded',
        lastRunAt: at,
        lastSuccessAt: at,
        succeeded: row.succeeded + 1,
        consecutiveFailures: 0,
      };
    }
    case 'RunCancelled':
      return {
        ...row,
        lastRun: event.data.run,
        lastRunStatus: 'cancelled',
        lastRunAt: at,
        cancelled: row.cancelled + 1,
      };
    case 'RunAbandoned':
      return abandoned(row, event);
    default:
      return row;
  }
}

/**
 * `sync_schedule_activity`: counters and the last run of each schedule. Applied before `sync_schedules` and
 * `open_runs`, whose rows it reads as they were before the event.
 */
export const activity: Projection<ScheduleFact> = {
  name: 'sync_schedule_activity',
  apply(event, id, rows) {
    const row = rows.activity.before(id, event) ?? fresh(id, event.metadata.tenant, event.metadata.at);
    const next = changed(row, event, rows);
    const gaps = event.revision > row.revision + 1 ? row.gaps + 1 : row.gaps;
    rows.activity.put(id, { ...next, revision: event.revision, gaps });
  },
};
