import type { Instant, Millis } from '#lib/domain/kernel';
import type { ErrorClass } from '#lib/domain/retry';
import type { OperationType, Priority, Rejection, Trigger } from '#lib/domain/schedule';
import type { TableSpec } from '../store/table.js';

export const logStatuses = [
  'buffered',
  'queued',
  'running',
  'retrying',
  'snoozed',
  'succeeded',
  'cancelled',
  'abandoned',
  'skipped',
  'missed',
] as const;
export type LogStatus = (typeof logStatuses)[number];

/**
 * One attempt: its number, when it started and ended, how, the error's class, and the delay before the next.
 * A tuple, because there is one in each row of the longest table.
 */
export type AttemptEntry = readonly [
  attempt: number,
  startedAt: Instant,
  endedAt: Instant | null,
  outcome: 'running' | 'succeeded' | 'failed' | 'snoozed' | 'cancelled',
  errorClass?: ErrorClass | null,
  delayMs?: Millis,
];

/**
 * The occurrence ledger: a row for each run, and one for each occurrence skipped or range of occurrences missed. `seq` is
 * the position of the event that decided it; times are epoch milliseconds, lengths milliseconds.
 */
export type LogRow = {
  readonly seq: number;
  /** Null for skipped and missed occurrences. */
  readonly run: string | null;
  readonly schedule: string;
  readonly tenant: string;
  readonly user: string | null;
  readonly connection: string | null;
  readonly provider: string | null;
  readonly trigger: Trigger | null;
  readonly operation: OperationType | null;
  readonly priority: Priority | null;
  readonly generation: number;
  /** Of a missed range: its last. */
  readonly nominal: Instant;
  readonly effective: Instant | null;
  readonly queuedAt: Instant | null;
  readonly startedAt: Instant | null;
  /** Of its latest attempt. */
  readonly lastStartedAt: Instant | null;
  readonly finishedAt: Instant | null;
  readonly status: LogStatus;
  readonly attempts: number;
  readonly failures: number;
  readonly snoozes: number;
  /** First start − effective time. */
  readonly latenessMs: Millis | null;
  /** Of the last attempt that ended. */
  readonly durationMs: Millis | null;
  /** First queued until the end. */
  readonly totalMs: Millis | null;
  readonly recordsRead: number | null;
  readonly recordsWritten: number | null;
  readonly recordsRejected: number | null;
  readonly rejections: readonly Rejection[] | null;
  readonly errorClass: ErrorClass | null;
  readonly errorMessage: string | null;
  readonly errorCode: string | null;
  readonly retryAt: Instant | null;
  readonly executor: string | null;
  /** Why it was skipped, missed, cancelled or given up. */
  readonly reason: string | null;
  /** The run in its way. */
  readonly blockedBy: string | null;
  /** Missed: the range's first, how many, and whether that is exact. */
  readonly first: Instant | null;
  readonly count: number | null;
  readonly exact: boolean | null;
  readonly attemptLog: readonly AttemptEntry[] | null;
};

const ended: ReadonlySet<LogStatus> = new Set(['succeeded', 'cancelled', 'abandoned', 'skipped', 'missed']);
export const hasEnded = (status: LogStatus): boolean => ended.has(status);

/** Ends that are few among many. */
export const unlucky: ReadonlySet<LogStatus> = new Set(['cancelled', 'abandoned', 'skipped', 'missed']);
export const endedUnluckily = "status IN ('cancelled', 'abandoned', 'skipped', 'missed')";

export const logTable: TableSpec<LogRow> = {
  name: 'sync_schedule_logs',
  columns: {
    seq: 'number',
    run: 'text',
    schedule: 'text',
    tenant: 'text',
    user: 'text',
    connection: 'text',
    provider: 'text',
    trigger: 'text',
    operation: 'text',
    priority: 'text',
    generation: 'number',
    nominal: 'number',
    effective: 'number',
    queuedAt: 'number',
    startedAt: 'number',
    lastStartedAt: 'number',
    finishedAt: 'number',
    status: 'text',
    attempts: 'number',
    failures: 'number',
    snoozes: 'number',
    latenessMs: 'number',
    durationMs: 'number',
    totalMs: 'number',
    recordsRead: 'number',
    recordsWritten: 'number',
    recordsRejected: 'number',
    rejections: 'json',
    errorClass: 'text',
    errorMessage: 'text',
    errorCode: 'text',
    retryAt: 'number',
    executor: 'text',
    reason: 'text',
    blockedBy: 'text',
    first: 'number',
    count: 'number',
    exact: 'flag',
    attemptLog: 'json',
  },
  key: ['seq'],
  fixed: [
    'run',
    'schedule',
    'tenant',
    'user',
    'connection',
    'provider',
    'trigger',
    'operation',
    'generation',
    'nominal',
    'effective',
  ],
  // The rowid (seq) ends every index entry: ordering by (nominal, seq) needs no sort.
  indexes: [
    { on: 'run', where: 'run IS NOT NULL' },
    { on: 'tenant, nominal' },
    { on: 'schedule, nominal' },
    { on: 'tenant, user, nominal' },
    { on: 'provider, last_started_at', where: 'last_started_at IS NOT NULL' },
    // Few among many: without it a page of them walks the table.
    { on: 'tenant, status, nominal', where: endedUnluckily },
    { on: 'tenant, finished_at', where: "status IN ('skipped', 'missed', 'abandoned')" },
  ],
  keep: (row) => !hasEnded(row.status),
  capacity: 50_000,
};
