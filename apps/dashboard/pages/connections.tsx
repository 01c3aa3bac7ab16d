import { search } from '../api/client.js';
import type { Connection } from '../api/connections.js';
import type { Page } from '../api/shapes.js';
import { useAnswer } from '../live/answer.js';
import { ofConnections } from '../live/changes.js';
import { ChoiceFilter, Filters, TextFilter } from '../parts/filters.js';
import { Answered, Empty } from '../parts/notice.js';
import { Pager } from '../parts/pager.js';
import { Heading } from '../parts/panel.js';
import { Table } from '../parts/table.js';
import { replace, to } from '../routing/route.js';
import { useConnectionActions } from './connections/actions.js';
import { connectionColumns } from './connections/columns.js';

const LIMIT = 25;

type Query = Readonly<Record<string, string>>;

const statuses = [
  ['', 'All'],
  ['active', 'Active'],
  ['suspended', 'Suspended'],
] as const;

function ConnectionFilters({ query }: { readonly query: Query }) {
  const set = (name: string, value: string): void => {
    const { after: _, ...rest } = query;
    replace(to('connections', { ...rest, [name]: value }));
  };
  return (
    <Filters>
      <TextFilter name="user" label="User" value={query['user']} set={set} />
      <TextFilter name="provider" label="Provider" value={query['provider']} set={set} />
      <ChoiceFilter name="status" label="Status" value={query['status']} choices={statuses} set={set} />
    </Filters>
  );
}

function nothingFound(filtered: boolean) {
  return filtered ? (
    <Empty title="No connection is like that">
      <a href={to('connections')}>Show all of them</a>
    </Empty>
  ) : (
    <Empty title="There are no connections yet">
      They are registered by your product, with their credentials, and listed here without them.
    </Empty>
  );
}

/** Users' links to their providers, and whether they are in order. */
export function ConnectionsPage({ query }: { readonly query: Query }) {
  const { user, provider, status, after } = query;
  const path = `/v1/connections${search({ user, provider, status, after, limit: LIMIT })}`;
  const answer = useAnswer<Page<Connection>>(path, ofConnections);
  const { perform, shown } = useConnectionActions(answer.reload);
  return (
    <>
      <Heading title="Connections" />
      <ConnectionFilters query={query} />
      {shown}
      <Answered of={answer}>
        {({ items, next }) =>
          items.length === 0 ? (
            nothingFound(Object.keys(query).length > 0)
          ) : (
            <>
              <Table
                caption="Connections"
                rows={items}
                idOf={({ id }) => id}
                columns={connectionColumns(perform)}
              />
              <Pager cursor={after} next={next} at={(after) => to('connections', { ...query, after })} />
            </>
          )
        }
      </Answered>
    </>
  );
}
