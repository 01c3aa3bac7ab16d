import type { BulkChange } from '../api/bulk.js';
import { search } from '../api/client.js';
import type { Page } from '../api/shapes.js';
import { useAnswer } from '../live/answer.js';
import { ofType } from '../live/changes.js';
import { Answered, Empty } from '../parts/notice.js';
import { Pager } from '../parts/pager.js';
import { Heading } from '../parts/panel.js';
import { Table } from '../parts/table.js';
import { to } from '../routing/route.js';
import { bulkColumns } from './bulk/columns.js';
import { useUndo } from './bulk/undo.js';

const LIMIT = 25;

/** What was asked of many schedules at once, and can be taken back. */
export function BulkChangesPage({ query: { cursor } }: { readonly query: Readonly<Record<string, string>> }) {
  const path = `/v1/bulk-changes${search({ cursor, limit: LIMIT })}`;
  const answer = useAnswer<Page<BulkChange>>(path, ofType(/^Bulk/));
  const { ask, shown } = useUndo(answer.reload);
  return (
    <>
      <Heading title="Bulk changes" />
      {shown}
      <Answered of={answer}>
        {({ items, next }) =>
          items.length === 0 ? (
            <Empty title="Nothing was changed by the many yet">
              <a href={to('schedules')}>Narrow the list of schedules</a>, and change all that match.
            </Empty>
          ) : (
            <>
              <Table caption="Bulk changes" rows={items} idOf={({ id }) => id} columns={bulkColumns(ask)} />
              <Pager cursor={cursor} next={next} at={(cursor) => to('bulk-changes', { cursor })} />
            </>
          )
        }
      </Answered>
    </>
  );
}
