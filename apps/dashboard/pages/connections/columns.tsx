import type { Connection } from '../../api/connections.js';
import { Mark } from '../../parts/badge.js';
import { Ago, Moment } from '../../parts/moment.js';
import type { Column } from '../../parts/table.js';
import { to } from '../../routing/route.js';
import { connectionState, suspensionText } from '../../words/connections.js';
import { ActionButtons, type Perform } from './actions.js';

function Name({ of: { id, user, provider } }: { readonly of: Connection }) {
  return (
    <>
      <a class="strong" href={to(['connections', id])}>
        {id}
      </a>
      <small>{user === undefined ? 'not registered yet' : `${user} · ${provider ?? ''}`}</small>
    </>
  );
}

/** Whether it is in order, since when it is not, and until when it will be. */
function Standing({ of: { status, suspension, consentEndsAt } }: { readonly of: Connection }) {
  return (
    <>
      <Mark {...connectionState(status)} />
      {suspension?.at !== undefined && (
        <small>
          since <Moment at={suspension.at} />
        </small>
      )}
      {suspension !== undefined && (
        <small class="clamped note" title={suspensionText(suspension)}>
          {suspensionText(suspension)}
        </small>
      )}
      {consentEndsAt !== undefined && (
        <small>
          consent ends <Ago at={consentEndsAt} />
        </small>
      )}
    </>
  );
}

export const connectionColumns = (perform: Perform): readonly Column<Connection>[] => [
  { title: 'Connection', cell: (of) => <Name of={of} /> },
  { title: 'Status', cell: (of) => <Standing of={of} /> },
  { title: 'Connector', cell: ({ connector }) => connector ?? <span class="faint">–</span> },
  {
    title: 'Schedules',
    numeric: true,
    cell: ({ id, claims }) =>
      claims.length === 0 ? 0 : <a href={to('schedules', { connection: id })}>{claims.length}</a>,
  },
  {
    title: 'Actions',
    quiet: true,
    cell: (of) => (
      <span class="rowactions">
        <ActionButtons of={of} perform={perform} named />
      </span>
    ),
  },
];
