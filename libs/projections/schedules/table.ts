import type { Instant } from '#lib/domain/kernel';
import type { Recurrence } from '#lib/domain/recurrence';
import type { OperationType, PauseCause, Priority, ScheduleDefinition } from '#lib/domain/schedule';
import type { TableSpec } from '../store/table.js';

export const scheduleStatuses = ['active', 'paused', 'completed', 'deleted'] as const;
export type ScheduleStatus = (typeof scheduleStatuses)[number];

/** What a schedule is: changes with its definition and lifecycle only. */
export type ScheduleRow = {
  readonly id: string;
  readonly tenant: string;
  readonly user: string;
  readonly connection: string;
  readonly provider: string;
  readonly operation: OperationType;
  readonly priority: Priority;
  readonly name: string | null;
  readonly status: ScheduleStatus;
  readonly pauseCause: PauseCause | null;
  readonly pauseNote: string | null;
  readonly pausedUntil: Instant | null;
  readonly pausedAt: Instant | null;
  readonly frequency: Recurrence['frequency'];
  readonly zone: string;
  readonly definition: ScheduleDefinition;
  readonly generation: number;
  /** Grows exactly as the aggregate's: what If-Match compares. */
  readonly version: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
};

export const scheduleTable: TableSpec<ScheduleRow> = {
  name: 'sync_schedules',
  columns: {
    id: 'text',
    tenant: 'text',
    user: 'text',
    connection: 'text',
    provider: 'text',
    operation: 'text',
    priority: 'text',
    name: 'text',
    status: 'text',
    pauseCause: 'text',
    pauseNote: 'text',
    pausedUntil: 'number',
    pausedAt: 'number',
    frequency: 'text',
    zone: 'text',
    definition: 'json',
    generation: 'number',
    version: 'number',
    createdAt: 'number',
    updatedAt: 'number',
  },
  key: ['id'],
  fixed: ['tenant', 'user', 'connection', 'provider', 'operation', 'createdAt'],
  indexes: [
    { on: 'tenant, created_at, id' },
    { on: 'tenant, user, provider, status' },
    { on: 'tenant, connection' },
  ],
  capacity: 20_000,
};

/** What became of it so far: changes with every run, and is kept apart so that the definition is not written again. */
export type ActivityRow = {
  readonly schedule: string;
  readonly tenant: string;
  /** Of the schedule's stream: its last event. */
  readonly revision: number;
  /** Times that the revision jumped: events of the stream that never came. Always 0. */
  readonly gaps: number;
  /** Every occurrence up to this nominal instant is decided. */
  readonly highWater: Instant;
  /** The last occurrence to come that was skipped on request. */
  readonly lastSkipped: Instant | null;
  readonly lastRun: string | null;
  readonly lastRunStatus: 'succeeded' | 'cancelled' | 'abandoned' | null;
  readonly lastRunAt: Instant | null;
  readonly lastSuccessAt: Instant | null;
  /** Runs in a row that were given up. */
  readonly consecutiveFailures: number;
  readonly runs: number;
  /** Of those, occurrences: what `maxRuns` counts. */
  readonly occurrencesRun: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly skipped: number;
  readonly missed: number;
};

export const activityTable: TableSpec<ActivityRow> = {
  name: 'sync_schedule_activity',
  columns: {
    schedule: 'text',
    tenant: 'text',
    revision: 'number',
    gaps: 'number',
    highWater: 'number',
    lastSkipped: 'number',
    lastRun: 'text',
    lastRunStatus: 'text',
    lastRunAt: 'number',
    lastSuccessAt: 'number',
    consecutiveFailures: 'number',
    runs: 'number',
    occurrencesRun: 'number',
    succeeded: 'number',
    failed: 'number',
    cancelled: 'number',
    skipped: 'number',
    missed: 'number',
  },
  key: ['schedule'],
  fixed: ['tenant'],
  indexes: [{ on: 'tenant, consecutive_failures', where: 'consecutive_failures > 0' }],
  capacity: 100_000,
};
