import { useEffect, useState } from 'preact/hooks';
import type { Filter } from '../api/bulk.js';
import { search } from '../api/client.js';
import type { Page, Schedule } from '../api/shapes.js';
import { useOpeners } from '../forms/openers.js';
import { useAnswer } from '../live/answer.js';
import { ofType } from '../live/changes.js';
import { nameOf } from '../parts/directory.js';
import { ChoiceFilter, Filters, TextFilter } from '../parts/filters.js';
import { Answered, Empty } from '../parts/notice.js';
import { Pager } from '../parts/pager.js';
import { Heading } from '../parts/panel.js';
import { Table } from '../parts/table.js';
import { replace, to } from '../routing/route.js';
import { BulkForm } from './bulk/form.js';
import { actionNames, useScheduleActions, type Action } from './schedules/actions.js';
import { scheduleColumns } from './schedules/columns.js';

const LIMIT = 25;
/** The service shows deleted schedules to whoever asks for them only by their status. */
const LIVING = 'active,paused,completed';
const BULK: readonly Action[] = ['trigger', 'pause', 'resume', 'skip-next', 'delete'];

type Query = Readonly<Record<string, string>>;

const statuses = [
  ['', 'All'],
  ['active', 'Active'],
  ['paused', 'Paused'],
  ['completed', 'Completed'],
  ['deleted', 'Deleted'],
] as const;
const frequencies = [
  ['', 'Any'],
  ['hourly', 'Hourly'],
  ['daily', 'Daily'],
  ['weekly', 'Weekly'],
  ['monthly', 'Monthly'],
  ['interval', 'Interval'],
  ['cron', 'Cron'],
] as const;

function ScheduleFilters({ query }: { readonly query: Query }) {
  const set = (name: string, value: string): void => {
    const { cursor: _, ...rest } = query;
    replace(to('schedules', { ...rest, [name]: value }));
  };
  return (
    <Filters>
      <TextFilter name="text" label="Name" value={query['text']} set={set} />
      <TextFilter name="user" label="User" value={query['user']} set={set} />
      <TextFilter name="provider" label="Provider" value={query['provider']} set={set} />
      <TextFilter name="connection" label="Connection" value={query['connection']} set={set} />
      <ChoiceFilter name="status" label="Status" value={query['status']} choices={statuses} set={set} />
      <ChoiceFilter
        name="frequency"
        label="Frequency"
        value={query['frequency']}
        choices={frequencies}
        set={set}
      />
    </Filters>
  );
}

function Bulk({
  chosen,
  perform,
  clear,
}: {
  readonly chosen: readonly Schedule[];
  readonly perform: (action: Action, schedules: readonly Schedule[]) => void;
  readonly clear: () => void;
}) {
  return (
    <div class="bulk" role="toolbar" aria-label="For the selected schedules">
      <b>{chosen.length} selected</b>
      {BULK.map((action) => (
        <button
          key={action}
          type="button"
          class={action === 'delete' ? 'danger' : undefined}
          onClick={() => perform(action, chosen)}
        >
          {actionNames[action]}
        </button>
      ))}
      <button type="button" class="link" onClick={clear}>
        Clear
      </button>
    </div>
  );
}

function nothingFound(filtered: boolean) {
  return filtered ? (
    <Empty title="No schedule is like that">
      <a href={to('schedules')}>Show all of them</a>
    </Empty>
  ) : (
    <Empty title="There are no schedules yet">
      <a href={to('new')}>Create the first one</a>
    </Empty>
  );
}

/** What the page is narrowed to, as a change of all of it is asked for. Deleted ones are not changed. */
function bulkFilter({ cursor: _, status, ...named }: Query): Filter {
  const statuses = status?.split(',').filter((one) => one !== 'deleted') ?? [];
  const filter = { ...named, ...(statuses.length === 0 ? {} : { status: statuses }) };
  return Object.keys(filter).length === 0 ? { all: true } : filter;
}

export function SchedulesPage({ query }: { readonly query: Query }) {
  const { cursor, status = LIVING, text, user, provider, connection, frequency } = query;
  const filter = { text, user, provider, connection, frequency };
  const path = `/v1/schedules${search({ ...filter, status, cursor, limit: LIMIT })}`;
  const answer = useAnswer<Page<Schedule>>(path, ofType(/^(Schedule|Run|Occurrence)/));
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const { perform, shown } = useScheduleActions(answer.reload);
  // What is not on the screen any more is not to be acted on.
  useEffect(() => choose(new Set()), [path]);
  const bulk = useOpeners([['bulk', 'Change all that match']]);
  const items = answer.data?.items ?? [];
  const selected = items.filter(({ id }) => chosen.has(id));
  const name = (id: string): string => {
    const found = items.find((item) => item.id === id);
    return found === undefined ? id : nameOf(found);
  };
  return (
    <>
      <Heading title="Schedules">
        {query['status'] !== 'deleted' && bulk.buttons}
        <a class="button" href={to('bulk-changes')}>
          Bulk changes
        </a>
      </Heading>
      <ScheduleFilters query={query} />
      {bulk.open !== undefined && (
        <div class="spaced">
          <BulkForm filter={bulkFilter(query)} onClose={bulk.close} />
        </div>
      )}
      {shown}
      {selected.length > 0 && <Bulk chosen={selected} perform={perform} clear={() => choose(new Set())} />}
      <Answered of={answer}>
        {({ items, next }) =>
          items.length === 0 ? (
            nothingFound(Object.keys(query).length > 0)
          ) : (
            <>
              <Table
                caption="Schedules"
                columns={scheduleColumns(perform)}
                rows={items}
                idOf={({ id }) => id}
                selection={{ chosen, choose, nameOf: name }}
              />
              <Pager cursor={cursor} next={next} at={(cursor) => to('schedules', { ...query, cursor })} />
            </>
          )
        }
      </Answered>
    </>
  );
}
