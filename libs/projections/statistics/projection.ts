import type { Instant, Millis } from '#lib/domain/kernel';
import type { Projection, ScheduleFact } from '../runner/projection.js';
import { Bins, binOf } from '../store/bins.js';
import type { Rows } from '../store/rows.js';
import { Buckets, bucketStart } from './buckets.js';
import type { StatisticRow } from './table.js';

/** What an event adds to: a function for each, as a counter that is named by a variable is looked for by its name. */
const counters: Partial<Record<ScheduleFact['type'], (row: StatisticRow, by: number) => void>> = {
  RunQueued: (row, by) => void (row.queued += by),
  RunBuffered: (row, by) => void (row.queued += by),
  RunStarted: (row, by) => void (row.started += by),
  RunFailed: (row, by) => void (row.failed += by),
  RunAbandoned: (row, by) => void (row.abandoned += by),
  RunCancelled: (row, by) => void (row.cancelled += by),
  RunSnoozed: (row, by) => void (row.snoozed += by),
  RetryScheduled: (row, by) => void (row.retries += by),
  OccurrenceSkipped: (row, by) => void (row.skipped += by),
  OccurrencesMissed: (row, by) => void (row.missed += by),
};

function addLateness(rows: readonly StatisticRow[], lateness: Millis): void {
  const whole = Math.round(lateness);
  const bin = binOf(lateness);
  for (const row of rows) {
    row.latenessSumMs += whole;
    row.latenessMaxMs = row.latenessMaxMs === null ? whole : Math.max(row.latenessMaxMs, whole);
    (row.latenessBins ??= new Bins()).add(bin);
  }
}

function addSuccess(
  rows: readonly StatisticRow[],
  data: Extract<ScheduleFact, { type: 'RunSucceeded' }>['data'],
): void {
  const { counts, durationMs } = data;
  const whole = Math.round(durationMs);
  const bin = binOf(durationMs);
  for (const row of rows) {
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

/** The rows that one schedule's events of one hour count in, found once between two flushes. */
type Group = {
  readonly hour: Instant;
  readonly user: string;
  readonly provider: string;
  readonly rows: readonly StatisticRow[];
};

type Owner = { readonly user: string; readonly provider: string };

/** Whose run it is, as its own events say; undefined: they do not, or the event is about no run. */
function ownerOfRun(event: ScheduleFact, rows: Rows): Owner | undefined {
  if (event.type === 'RunQueued') return event.data;
  const { user, provider } = ('run' in event.data ? rows.openRuns.get(event.data.run) : undefined) ?? {};
  return typeof user === 'string' && typeof provider === 'string' ? { user, provider } : undefined;
}

/** A schedule that is not known (its first event was parked) counts for those that its runs name, if they do. */
function strayOwner(event: ScheduleFact, rows: Rows): Owner {
  const log = logOf(event, rows);
  return { user: log?.user ?? '', provider: log?.provider ?? '' };
}

/** That of its runs comes first: nobody looks for their schedule's row. */
const ownerOf = (event: ScheduleFact, schedule: string, rows: Rows): Owner =>
  ownerOfRun(event, rows) ?? rows.schedules.get(schedule) ?? strayOwner(event, rows);

function groupOf(
  {
    id,
    tenant,
    hour,
    owner: { user, provider },
  }: { readonly id: string; readonly tenant: string; readonly hour: Instant; readonly owner: Owner },
  rows: Rows,
  buckets: Buckets,
): Group {
  const hours = buckets.of(tenant, 'hour', hour, rows);
  const days = buckets.of(tenant, 'day', bucketStart('day', hour), rows);
  return {
    hour,
    user,
    provider,
    rows: [
      hours.row('all', ''),
      hours.row('provider', provider),
      hours.row('user', user),
      days.row('schedule', id),
    ],
  };
}

const logOf = (event: ScheduleFact, rows: Rows) => {
  const run = 'run' in event.data ? rows.openRuns.get(event.data.run) : undefined;
  return rows.logs.get(run?.seq ?? event.position);
};

function count(event: ScheduleFact, group: readonly StatisticRow[], rows: Rows): void {
  if (event.type === 'RunSucceeded') return addSuccess(group, event.data);
  const add = counters[event.type];
  if (add === undefined) return;
  const lateness = event.type === 'RunStarted' ? firstLateness(event, rows) : undefined;
  const by = event.type === 'OccurrencesMissed' ? event.data.count : 1;
  for (const row of group) add(row, by);
  if (lateness !== undefined) addLateness(group, lateness);
}

/** Later attempts wait for their retry, not for us. */
function firstLateness(event: Extract<ScheduleFact, { type: 'RunStarted' }>, rows: Rows): Millis | undefined {
  const log = logOf(event, rows);
  return log?.attempts === 1 && log.latenessMs !== null ? log.latenessMs : undefined;
}

function counts(event: ScheduleFact, rows: Rows): boolean {
  // A run is decided once: when it is queued again, or after it was buffered, it is known already.
  if (event.type === 'RunQueued' || event.type === 'RunBuffered')
    return rows.openRuns.get(event.data.run) === undefined;
  return event.type === 'RunSucceeded' || counters[event.type] !== undefined;
}

/**
 * `sync_statistics`. Applied after the log table, whose row says whose run it is, and before `open_runs`.
 */
export function statistics(): Projection<ScheduleFact> {
  const groups = new Map<string, Group>();
  const buckets = new Buckets();
  return {
    name: 'sync_statistics',
    apply(event, id, rows) {
      if (!counts(event, rows)) return;
      const { tenant, at } = event.metadata;
      const hour = bucketStart('hour', at);
      const owner = ownerOf(event, id, rows);
      let group = groups.get(id);
      // Of another owner only where a schedule is not known: what is told of that follows from the event alone.
      if (group?.hour !== hour || group.user !== owner.user || group.provider !== owner.provider) {
        group = groupOf({ id, tenant, hour, owner }, rows, buckets);
        groups.set(id, group);
      }
      count(event, group.rows, rows);
    },
    settled() {
      groups.clear();
      buckets.clear();
    },
  };
}
