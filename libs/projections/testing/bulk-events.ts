import type { BulkEvent } from '#lib/domain/bulk';

/** One of a bulk change's life, drawn by a number: it may never have been asked for, or is over. */
export function bulkEvent(id: string, n: number): BulkEvent {
  const outcomes = [
    { schedule: 's-0', version: n },
    { schedule: 's-1', reason: n % 2 === 0 ? 'stale_version' : 'schedule_deleted' },
  ];
  const change = { action: 'pause', note: `n ${n}` } as const;
  const counts = { matched: n, planned: 2, unchanged: 1, refused: { schedule_completed: 1 } };
  const all: readonly BulkEvent[] = [
    { type: 'BulkChangePlanned', data: { id, from: 0, items: [{ schedule: 's-0', version: 1 }] } },
    { type: 'BulkChangeRequested', data: { id, change, filter: { user: 'ann' }, ...counts } },
    { type: 'BulkChangeProgressed', data: { id, outcomes } },
    { type: 'BulkChangeCompleted', data: { id, changed: 1, refused: 1 } },
    { type: 'BulkUndoRequested', data: { id, planned: 1, ...(n % 2 === 0 ? { note: 'over' } : {}) } },
    { type: 'BulkUndoProgressed', data: { id, outcomes } },
    { type: 'BulkUndoCompleted', data: { id, undone: 1, refused: 1 } },
  ];
  return all[n % all.length] as BulkEvent;
}
