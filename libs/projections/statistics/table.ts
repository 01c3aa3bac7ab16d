import type { Instant, Millis } from '#lib/domain/kernel';
import { Bins } from '../store/bins.js';
import type { TableSpec } from '../store/table.js';

export type BucketSize = 'hour' | 'day';
/** `all` of a tenant, or one provider, user or schedule of it. Schedules have days, all others hours: days are their sums. */
export type StatisticScope = 'all' | 'provider' | 'user' | 'schedule';

/**
 * What happened in one hour or day (UTC) within one scope, by the instant of each event. Not readonly: these are
 * counters, changed in place between flushes. Sums are whole milliseconds, so that adding in any order is exact.
 */
export type StatisticRow = {
  tenant: string;
  bucket: BucketSize;
  scope: StatisticScope;
  /** Empty for `all`. */
  subject: string;
  start: Instant;
  /** Runs decided. */
  queued: number;
  /** Attempts started. */
  started: number;
  succeeded: number;
  /** Attempts failed. */
  failed: number;
  abandoned: number;
  cancelled: number;
  snoozed: number;
  retries: number;
  skipped: number;
  missed: number;
  recordsRead: number;
  recordsWritten: number;
  recordsRejected: number;
  /** Attempts that succeeded. */
  durationSumMs: Millis;
  durationMinMs: Millis | null;
  durationMaxMs: Millis | null;
  /** First starts. */
  latenessSumMs: Millis;
  latenessMaxMs: Millis | null;
  durationBins: Bins | null;
  latenessBins: Bins | null;
};

export const countNames = [
  'queued',
  'started',
  'succeeded',
  'failed',
  'abandoned',
  'cancelled',
  'snoozed',
  'retries',
  'skipped',
  'missed',
  'recordsRead',
  'recordsWritten',
  'recordsRejected',
] as const satisfies readonly (keyof StatisticRow)[];
export type CountName = (typeof countNames)[number];

/** Of two numbers, of which either may not be known yet. */
const either = (
  one: number | null,
  other: number | null,
  choose: (one: number, other: number) => number,
): number | null => (one === null ? other : other === null ? one : choose(one, other));

function bothBins(one: Bins | null, other: Bins | null): Bins | null {
  if (one === null || other === null) return one ?? other;
  const bins = new Bins();
  bins.merge(one);
  bins.merge(other);
  return bins;
}

/** What was counted of some streams and what was counted of others, in one row. */
export function together(one: StatisticRow, other: StatisticRow): StatisticRow {
  const row = { ...one };
  for (const name of [...countNames, 'durationSumMs', 'latenessSumMs'] as const) row[name] += other[name];
  row.durationMinMs = either(one.durationMinMs, other.durationMinMs, Math.min);
  row.durationMaxMs = either(one.durationMaxMs, other.durationMaxMs, Math.max);
  row.latenessMaxMs = either(one.latenessMaxMs, other.latenessMaxMs, Math.max);
  row.durationBins = bothBins(one.durationBins, other.durationBins);
  row.latenessBins = bothBins(one.latenessBins, other.latenessBins);
  return row;
}

export const statisticTable: TableSpec<StatisticRow> = {
  name: 'sync_statistics',
  columns: {
    tenant: 'text',
    bucket: 'text',
    scope: 'text',
    subject: 'text',
    start: 'number',
    queued: 'number',
    started: 'number',
    succeeded: 'number',
    failed: 'number',
    abandoned: 'number',
    cancelled: 'number',
    snoozed: 'number',
    retries: 'number',
    skipped: 'number',
    missed: 'number',
    recordsRead: 'number',
    recordsWritten: 'number',
    recordsRejected: 'number',
    durationSumMs: 'number',
    durationMinMs: 'number',
    durationMaxMs: 'number',
    latenessSumMs: 'number',
    latenessMaxMs: 'number',
    durationBins: 'bins',
    latenessBins: 'bins',
  },
  // By time before subject: what is counted now lies together, and a range of all subjects is read in one piece.
  key: ['tenant', 'bucket', 'scope', 'start', 'subject'],
  fixed: [],
  indexes: [],
  capacity: 200_000,
  time: 'start',
  together,
};
