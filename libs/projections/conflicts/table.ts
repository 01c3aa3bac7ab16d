import type { ConflictKind, Resolution } from '#lib/domain/conflict';
import type { Instant } from '#lib/domain/kernel';
import type { TableSpec } from '../store/table.js';

export type ConflictStatus = 'open' | 'acknowledged' | 'resolved';

export type ConflictRow = {
  readonly id: string;
  readonly tenant: string;
  readonly kind: ConflictKind;
  readonly schedules: readonly string[];
  readonly user: string | null;
  readonly connection: string | null;
  readonly provider: string | null;
  readonly message: string;
  readonly status: ConflictStatus;
  readonly firstDetectedAt: Instant;
  readonly lastDetectedAt: Instant;
  /** How often it was raised: once, and again after each time it was resolved. */
  readonly times: number;
  readonly resolvedAt: Instant | null;
  readonly resolution: Resolution | null;
  readonly note: string | null;
};

export const conflictTable: TableSpec<ConflictRow> = {
  name: 'sync_schedule_conflicts',
  columns: {
    id: 'text',
    tenant: 'text',
    kind: 'text',
    schedules: 'json',
    user: 'text',
    connection: 'text',
    provider: 'text',
    message: 'text',
    status: 'text',
    firstDetectedAt: 'number',
    lastDetectedAt: 'number',
    times: 'number',
    resolvedAt: 'number',
    resolution: 'text',
    note: 'text',
  },
  key: ['id'],
  fixed: ['tenant', 'kind', 'firstDetectedAt'],
  indexes: [{ on: 'tenant, last_detected_at, id' }],
  capacity: 5_000,
};
