import type { Plan } from '#lib/application/bulk';
import { tellOutcomes, type AskedBulkChange, type BulkChange, type ToldOutcome } from '#lib/domain/bulk';
import { iso } from '#lib/domain/kernel';
import type { BulkChangeRow } from '#lib/projections';
import { at, present } from './views.js';

/** Schedules named in a preview. */
const SAMPLE = 10;

export const bulkPreviewView = ({ items, tooMany, ...plan }: Plan) => ({
  ...plan,
  changes: items.length,
  sample: items.slice(0, SAMPLE).map(({ schedule }) => schedule),
  ...(tooMany ? { tooMany } : {}),
});

/** As it was sent. */
const changeView = (change: BulkChange): object =>
  change.action === 'pause' ? present({ ...change, until: at(change.until) }) : change;

export const bulkChangeView = (row: BulkChangeRow) => ({
  id: row.id,
  status: row.status,
  action: row.change.action,
  change: changeView(row.change),
  filter: row.filter,
  requestedBy: row.requestedBy,
  requestedAt: iso(row.requestedAt),
  matched: row.matched,
  unchanged: row.unchanged,
  planned: row.planned,
  changed: row.changed,
  refused: row.refused,
  ...present({
    completedAt: at(row.completedAt),
    undo:
      row.undoRequestedAt === null
        ? undefined
        : {
            requestedBy: row.undoRequestedBy,
            requestedAt: iso(row.undoRequestedAt),
            planned: row.undoPlanned,
            undone: row.undone,
            refused: row.notUndone,
            ...present({ note: row.undoNote, completedAt: at(row.undoneAt) }),
          },
  }),
});

type Asked = {
  readonly outcome?: ToldOutcome['outcome'] | undefined;
  readonly after: number;
  readonly limit: number;
};

/** A page of what became of each, in the order of the plan; `after`: the place of the first. */
export function bulkScheduleViews(state: AskedBulkChange, { outcome: wanted, after, limit }: Asked) {
  const items: ToldOutcome[] = [];
  for (const [place, item] of tellOutcomes(state).entries()) {
    if (place < after || (wanted !== undefined && item.outcome !== wanted)) continue;
    if (items.length === limit) return { items, next: place };
    items.push(item);
  }
  return { items, next: null };
}
