import { bulkChange, type BulkChange, type BulkSchedules, type Reasons } from '../api/bulk.js';
import { search } from '../api/client.js';
import { useAnswer } from '../live/answer.js';
import { ofType } from '../live/changes.js';
import { Mark } from '../parts/badge.js';
import { nameOf, useSchedules } from '../parts/directory.js';
import { ChoiceFilter, Filters } from '../parts/filters.js';
import { Moment } from '../parts/moment.js';
import { Answered, Empty } from '../parts/notice.js';
import { Pager } from '../parts/pager.js';
import { Facts, Heading, Panel } from '../parts/panel.js';
import { Table } from '../parts/table.js';
import { replace, to } from '../routing/route.js';
import { count } from '../words/amounts.js';
import { bulkState, changeText, filterText, reasonsText } from '../words/bulk.js';
import { outcomeColumns } from './bulk/columns.js';
import { canBeUndone, useUndo } from './bulk/undo.js';

const LIMIT = 25;
type Query = Readonly<Record<string, string>>;
const ofBulk = ofType(/^Bulk/);

const outcomes = [
  ['', 'All'],
  ['waiting', 'Waiting'],
  ['changed', 'Changed'],
  ['refused', 'Not changed'],
  ['undone', 'Brought back'],
  ['not_undone', 'Left changed'],
] as const;

const text = (value: unknown): string => (typeof value === 'string' ? value : '–');

function Refused({ of }: { readonly of: Reasons }) {
  const told = reasonsText(of);
  return told.length === 0 ? <>0</> : <>{told.join('; ')}</>;
}

function About({ of }: { readonly of: BulkChange }) {
  const { filter, change, requestedBy, requestedAt, matched, unchanged, planned, changed, refused } = of;
  return (
    <Panel title="What was asked">
      <Facts
        of={[
          ['Of', filterText(filter)],
          ...(change['until'] === undefined
            ? []
            : [['Until', <Moment key="until" at={text(change['until'])} />] as const]),
          ...(change['note'] === undefined ? [] : [['Note', text(change['note'])] as const]),
          ['Asked for by', requestedBy],
          ['At', <Moment key="at" at={requestedAt} exact />],
          ['Matched', count(matched)],
          ['So already', count(unchanged)],
          ['Changed', `${count(changed)} of ${count(planned)}`],
          ['Not changed', <Refused key="refused" of={refused} />],
        ]}
      />
    </Panel>
  );
}

function Back({ of: { undo } }: { readonly of: BulkChange }) {
  if (undo === undefined) return null;
  return (
    <Panel title="Undone">
      <Facts
        of={[
          ['Asked for by', undo.requestedBy ?? '–'],
          ['At', <Moment key="at" at={undo.requestedAt} exact />],
          ...(undo.note === undefined ? [] : [['Note', undo.note] as const]),
          ['Brought back', `${count(undo.undone)} of ${count(undo.planned)}`],
          ['Left changed', <Refused key="refused" of={undo.refused} />],
        ]}
      />
    </Panel>
  );
}

function Outcomes({ id, query }: { readonly id: string; readonly query: Query }) {
  const { outcome, after } = query;
  const path = `${bulkChange(id)}/schedules${search({ outcome, after, limit: LIMIT })}`;
  const answer = useAnswer<BulkSchedules>(path, ofBulk);
  const schedules = useSchedules((answer.data?.items ?? []).map(({ schedule }) => schedule));
  const named = (schedule: string): string | undefined => {
    const found = schedules.get(schedule);
    return found === undefined || found === null ? undefined : nameOf(found);
  };
  const at = (more: Readonly<Record<string, string | undefined>>): string => to(['bulk-changes', id], more);
  return (
    <Panel title="Schedules" wide>
      <Filters>
        <ChoiceFilter
          name="outcome"
          label="Outcome"
          value={outcome}
          choices={outcomes}
          set={(_, value) => replace(at({ outcome: value }))}
        />
      </Filters>
      <Answered of={answer}>
        {({ items, next }) =>
          items.length === 0 ? (
            <Empty title="None of them is like that" />
          ) : (
            <>
              <Table
                caption="Schedules"
                rows={items}
                idOf={({ schedule }) => schedule}
                columns={outcomeColumns(named)}
              />
              <Pager
                cursor={after}
                next={next === null ? null : String(next)}
                at={(cursor) => at({ outcome, after: cursor })}
              />
            </>
          )
        }
      </Answered>
    </Panel>
  );
}

export function BulkChangePage({ id, query }: { readonly id: string; readonly query: Query }) {
  const answer = useAnswer<BulkChange>(bulkChange(id), ofBulk);
  const { ask, shown } = useUndo(answer.reload);
  if (answer.problem?.status === 404)
    return (
      <Empty title="This bulk change is not there">
        <a href={to('bulk-changes')}>Go to those that are</a>
      </Empty>
    );
  return (
    <Answered of={answer}>
      {(bulk) => (
        <>
          <Heading
            title={
              <>
                {changeText(bulk.change)} <Mark {...bulkState(bulk.status)} />
              </>
            }
          >
            {canBeUndone(bulk) && (
              <button type="button" onClick={() => ask(bulk)}>
                Undo
              </button>
            )}
            <a class="button" href={to('bulk-changes')}>
              All bulk changes
            </a>
          </Heading>
          {shown}
          <div class="grid">
            <About of={bulk} />
            <Back of={bulk} />
            <Outcomes id={id} query={query} />
          </div>
        </>
      )}
    </Answered>
  );
}
