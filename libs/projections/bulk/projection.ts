import { isChanged, type BulkOutcome, type ReasonCounts } from '#lib/domain/bulk';
import { unreachable } from '#lib/domain/kernel';
import type { BulkFact, Projection } from '../runner/projection.js';
import type { Rows } from '../store/rows.js';
import type { BulkChangeRow } from './table.js';

function counted(before: ReasonCounts, outcomes: readonly BulkOutcome[]): ReasonCounts {
  const counts: Record<string, number> = { ...before };
  for (const outcome of outcomes)
    if (!isChanged(outcome)) counts[outcome.reason] = (counts[outcome.reason] ?? 0) + 1;
  return counts;
}

const done = (outcomes: readonly BulkOutcome[]): number => outcomes.filter(isChanged).length;

function requested({ data, metadata }: Extract<BulkFact, { type: 'BulkChangeRequested' }>): BulkChangeRow {
  return {
    ...data,
    tenant: metadata.tenant,
    status: 'running',
    requestedBy: metadata.actor,
    requestedAt: metadata.at,
    changed: 0,
    completedAt: null,
    undoRequestedBy: null,
    undoRequestedAt: null,
    undoNote: null,
    undoPlanned: 0,
    undone: 0,
    notUndone: {},
    undoneAt: null,
  };
}

/** What an event makes of the row. */
function after(row: BulkChangeRow, event: BulkFact): BulkChangeRow {
  const { at, actor } = event.metadata;
  switch (event.type) {
    case 'BulkChangePlanned':
    case 'BulkChangeRequested':
      return row;
    case 'BulkChangeProgressed': {
      const { outcomes } = event.data;
      return { ...row, changed: row.changed + done(outcomes), refused: counted(row.refused, outcomes) };
    }
    case 'BulkChangeCompleted':
      return { ...row, status: 'completed', completedAt: at };
    case 'BulkUndoRequested': {
      const { note = null, planned: undoPlanned } = event.data;
      return {
        ...row,
        status: 'undoing',
        undoRequestedBy: actor,
        undoRequestedAt: at,
        undoNote: note,
        undoPlanned,
      };
    }
    case 'BulkUndoProgressed': {
      const { outcomes } = event.data;
      return { ...row, undone: row.undone + done(outcomes), notUndone: counted(row.notUndone, outcomes) };
    }
    case 'BulkUndoCompleted':
      return { ...row, status: 'undone', undoneAt: at };
    default:
      return unreachable(event);
  }
}

/** `bulk_changes`: one row for each that was asked for. A plan that nobody asked to carry out is in the log alone. */
export const bulkChanges: Projection<BulkFact> = {
  name: 'bulk_changes',
  apply(event, id, { bulkChanges: rows }: Pick<Rows, 'bulkChanges'>) {
    if (event.type === 'BulkChangePlanned') return;
    if (event.type === 'BulkChangeRequested') return void rows.put(id, requested(event));
    const row = rows.get(id);
    if (row !== undefined) rows.put(id, after(row, event));
  },
};
