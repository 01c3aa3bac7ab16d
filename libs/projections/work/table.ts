import type { Instant } from '#lib/domain/kernel';
import type { OperationType, Priority, Trigger } from '#lib/domain/schedule';
import type { TableSpec } from '../store/table.js';

/** When a schedule next needs attention. */
export type WakeUpRow = { readonly schedule: string; readonly tenant: string; readonly wakeAt: Instant };

export const wakeUpTable: TableSpec<WakeUpRow> = {
  name: 'wake_ups',
  columns: { schedule: 'text', tenant: 'text', wakeAt: 'number' },
  key: ['schedule'],
  fixed: ['tenant'],
  indexes: [{ on: 'wake_at, schedule' }],
  capacity: 20_000,
  // A run wakes its schedule at its deadline, and its end sets that back to the next occurrence.
  same: (one, other) => one.wakeAt === other.wakeAt,
};

/** A run that has not ended: what dispatch and the lease watch load when they start. */
export type OpenRunRow = {
  readonly run: string;
  /** Position of the run's first event: its row in the log table. */
  readonly seq: number;
  readonly schedule: string;
  readonly tenant: string;
  /** Null while a run is buffered whose schedule is not known. */
  readonly user: string | null;
  readonly connection: string | null;
  readonly provider: string | null;
  readonly priority: Priority | null;
  readonly operation: OperationType;
  readonly trigger: Trigger;
  readonly attempt: number;
  readonly nominal: Instant;
  readonly effective: Instant;
  readonly status: 'buffered' | 'queued' | 'running' | 'retrying' | 'snoozed';
  /** When this attempt was queued: dispatch lifts by age from here. */
  readonly queuedAt: Instant | null;
  readonly fence: number | null;
  readonly executor: string | null;
  readonly startedAt: Instant | null;
  readonly deadline: Instant | null;
  readonly resumeAt: Instant | null;
  readonly cancelRequested: boolean;
};

export const openRunTable: TableSpec<OpenRunRow> = {
  name: 'open_runs',
  columns: {
    run: 'text',
    seq: 'number',
    schedule: 'text',
    tenant: 'text',
    user: 'text',
    connection: 'text',
    provider: 'text',
    priority: 'text',
    operation: 'text',
    trigger: 'text',
    attempt: 'number',
    nominal: 'number',
    effective: 'number',
    status: 'text',
    queuedAt: 'number',
    fence: 'number',
    executor: 'text',
    startedAt: 'number',
    deadline: 'number',
    resumeAt: 'number',
    cancelRequested: 'flag',
  },
  key: ['run'],
  fixed: [
    'seq',
    'schedule',
    'tenant',
    'user',
    'connection',
    'provider',
    'operation',
    'trigger',
    'nominal',
    'effective',
  ],
  indexes: [],
  capacity: 100_000,
  whole: 10_000,
};

/** A run that was given up and may be redriven: leads back to its log row, which its id alone does not. */
export type DeadLetterRow = OpenRunRow & { readonly at: Instant };

export const deadLetterTable: TableSpec<DeadLetterRow> = {
  name: 'dead_letters',
  columns: { ...openRunTable.columns, at: 'number' },
  key: ['run'],
  fixed: [],
  indexes: [],
  capacity: 2_000,
};
