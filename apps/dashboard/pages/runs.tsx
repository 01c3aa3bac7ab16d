import { search } from '../api/client.js';
import { openStatuses, runStatuses, type Page, type Run } from '../api/shapes.js';
import { useAnswer } from '../live/answer.js';
import { ofType } from '../live/changes.js';
import { nameOf, shortId, useSchedules } from '../parts/directory.js';
import { ChoiceFilter, Filters, TextFilter } from '../parts/filters.js';
import { Answered, Empty } from '../parts/notice.js';
import { Pager } from '../parts/pager.js';
import { Heading } from '../parts/panel.js';
import { Table } from '../parts/table.js';
import { replace, to } from '../routing/route.js';
import { stateOf } from '../words/states.js';
import { runColumns } from './runs/columns.js';

const LIMIT = 25;

type Query = Readonly<Record<string, string>>;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const statuses: readonly (readonly [string, string])[] = [
  ['', 'All'],
  [openStatuses.join(), 'Open'],
  ['skipped,missed,abandoned', 'Did not happen'],
  ...runStatuses.map((status) => [status, capital(stateOf(status).word)] as const),
];

function RunFilters({ query }: { readonly query: Query }) {
  const set = (name: string, value: string): void => {
    const { cursor: _, ...rest } = query;
    replace(to('runs', { ...rest, [name]: value }));
  };
  return (
    <Filters>
      <ChoiceFilter name="status" label="Status" value={query['status']} choices={statuses} set={set} />
      <TextFilter name="user" label="User" value={query['user']} set={set} />
      <TextFilter name="provider" label="Provider" value={query['provider']} set={set} />
      <TextFilter name="connection" label="Connection" value={query['connection']} set={set} />
      {query['schedule'] !== undefined && (
        <a class="button" href={to('runs', { ...query, schedule: undefined, cursor: undefined })}>
          Of one schedule ×
        </a>
      )}
    </Filters>
  );
}

function Ledger({ runs }: { readonly runs: readonly Run[] }) {
  const schedules = useSchedules(runs.map(({ schedule }) => schedule));
  const of = ({ schedule }: Run) => schedules.get(schedule) ?? undefined;
  const columns = runColumns(
    (run) => of(run)?.recurrence.zone,
    [
      {
        title: 'Schedule',
        cell: (run) => {
          const schedule = of(run);
          return (
            <>
              <a href={to(['schedules', run.schedule])} title={run.schedule}>
                {schedule === undefined ? shortId(run.schedule) : nameOf(schedule)}
              </a>
              <small>
                {run.user} · {run.provider}
              </small>
            </>
          );
        },
      },
    ],
  );
  return <Table caption="Runs, newest first" rows={runs} idOf={({ id }) => id} columns={columns} />;
}

/** The ledger: what ran, and what did not, and why. */
export function RunsPage({ query }: { readonly query: Query }) {
  const { status, user, provider, connection, schedule, cursor } = query;
  const filter = { status, user, provider, connection, schedule, cursor };
  const path = `/v1/runs${search({ ...filter, limit: LIMIT })}`;
  const answer = useAnswer<Page<Run>>(path, ofType(/^(Run|Occurrence)/));
  return (
    <>
      <Heading title="Runs" />
      <RunFilters query={query} />
      <Answered of={answer}>
        {({ items, next }) =>
          items.length === 0 ? (
            <Empty title="No run is like that">
              {Object.keys(query).length > 0 ? (
                <a href={to('runs')}>Show all of them</a>
              ) : (
                'What runs, and what is skipped or missed, is listed here with its reason.'
              )}
            </Empty>
          ) : (
            <>
              <Ledger runs={items} />
              <Pager cursor={cursor} next={next} at={(cursor) => to('runs', { ...query, cursor })} />
            </>
          )
        }
      </Answered>
    </>
  );
}
