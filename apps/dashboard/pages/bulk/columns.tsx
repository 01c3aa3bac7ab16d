import type { BulkChange, BulkSchedule } from '../../api/bulk.js';
import { Mark } from '../../parts/badge.js';
import { shortId } from '../../parts/directory.js';
import { Moment } from '../../parts/moment.js';
import type { Column } from '../../parts/table.js';
import { to } from '../../routing/route.js';
import { count } from '../../words/amounts.js';
import { bulkState, changeText, filterText, inAll, outcomeState } from '../../words/bulk.js';
import { reasonOf } from '../../words/reasons.js';
import { canBeUndone } from './undo.js';

export const bulkColumns = (undo: (bulk: BulkChange) => void): readonly Column<BulkChange>[] => [
  {
    title: 'Change',
    cell: ({ id, change, filter }) => (
      <>
        <a class="strong" href={to(['bulk-changes', id])} title={id}>
          {changeText(change)}
        </a>
        <small>{filterText(filter)}</small>
      </>
    ),
  },
  {
    title: 'Status',
    cell: ({ status, undo: back }) => (
      <>
        <Mark {...bulkState(status)} />
        {back?.note !== undefined && <small class="clamped note">{back.note}</small>}
      </>
    ),
  },
  { title: 'Changed', numeric: true, cell: ({ changed }) => count(changed) },
  { title: 'So already', numeric: true, cell: ({ unchanged }) => count(unchanged) },
  { title: 'Not changed', numeric: true, cell: ({ refused }) => count(inAll(refused)) },
  {
    title: 'Asked for',
    cell: ({ requestedAt, requestedBy }) => (
      <>
        <Moment at={requestedAt} away />
        <small>by {requestedBy}</small>
      </>
    ),
  },
  {
    title: 'Actions',
    quiet: true,
    cell: (bulk) =>
      canBeUndone(bulk) && (
        <button
          type="button"
          onClick={() => undo(bulk)}
          aria-label={`Undo: ${changeText(bulk.change)}, ${filterText(bulk.filter)}`}
        >
          Undo
        </button>
      ),
  },
];

export const outcomeColumns = (
  nameOf: (id: string) => string | undefined,
): readonly Column<BulkSchedule>[] => [
  {
    title: 'Schedule',
    cell: ({ schedule }) => (
      <a class="strong" href={to(['schedules', schedule])} title={schedule}>
        {nameOf(schedule) ?? shortId(schedule)}
      </a>
    ),
  },
  { title: 'Outcome', cell: ({ outcome }) => <Mark {...outcomeState(outcome)} /> },
  { title: 'Why', cell: ({ reason }) => (reason === undefined ? '' : reasonOf(reason)) },
];
