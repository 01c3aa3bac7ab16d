import type { AskedBulkChange, BulkChange, ReasonCounts } from '#lib/domain/bulk';
import type { Instant } from '#lib/domain/kernel';
import type { TableSpec } from '../store/table.js';

/** A change asked of many schedules, and how far it is. */
export type BulkChangeRow = {
  readonly id: string;
  readonly tenant: string;
  readonly change: BulkChange;
  readonly filter: object;
  readonly status: AskedBulkChange['status'];
  readonly requestedBy: string;
  readonly requestedAt: Instant;
  readonly matched: number;
  readonly unchanged: number;
  readonly planned: number;
  readonly changed: number;
  /** By reason, those that were refused before anything was tried among them. */
  readonly refused: ReasonCounts;
  readonly completedAt: Instant | null;
  readonly undoRequestedBy: string | null;
  readonly undoRequestedAt: Instant | null;
  readonly undoNote: string | null;
  /** Changes that were to be taken back. */
  readonly undoPlanned: number;
  readonly undone: number;
  /** Those that could not be, by reason. */
  readonly notUndone: ReasonCounts;
  readonly undoneAt: Instant | null;
};

export const bulkTable: TableSpec<BulkChangeRow> = {
  name: 'bulk_changes',
  columns: {
    id: 'text',
    tenant: 'text',
    change: 'json',
    filter: 'json',
    status: 'text',
    requestedBy: 'text',
    requestedAt: 'number',
    matched: 'number',
    unchanged: 'number',
    planned: 'number',
    changed: 'number',
    refused: 'json',
    completedAt: 'number',
    undoRequestedBy: 'text',
    undoRequestedAt: 'number',
    undoNote: 'text',
    undoPlanned: 'number',
    undone: 'number',
    notUndone: 'json',
    undoneAt: 'number',
  },
  key: ['id'],
  fixed: ['tenant', 'change', 'filter', 'requestedBy', 'requestedAt', 'matched', 'unchanged', 'planned'],
  indexes: [
    { on: 'tenant, requested_at, id' },
    { on: 'requested_at', where: "status IN ('running', 'undoing')" },
  ],
  capacity: 1_000,
};
