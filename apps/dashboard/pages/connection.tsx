import { search } from '../api/client.js';
import type { Connection } from '../api/connections.js';
import type { Happening, Page, Schedule } from '../api/shapes.js';
import { useAnswer } from '../live/answer.js';
import { ofConnections, ofType } from '../live/changes.js';
import { Mark } from '../parts/badge.js';
import { Moment } from '../parts/moment.js';
import { Answered, Empty } from '../parts/notice.js';
import { Facts, Heading, Panel } from '../parts/panel.js';
import { Table } from '../parts/table.js';
import { to } from '../routing/route.js';
import { connectionState, suspensionText } from '../words/connections.js';
import { ActionButtons, useConnectionActions } from './connections/actions.js';
import { EventLog } from './runs/event-log.js';
import { useScheduleActions } from './schedules/actions.js';
import { scheduleColumns } from './schedules/columns.js';

/** One for each kind of work, and those that have completed. */
const LIMIT = 25;
const EVENTS = 50;
const LIVING = 'active,paused,completed';

function Trouble({ of: { suspension } }: { readonly of: Connection }) {
  if (suspension === undefined) return null;
  return (
    <div class="notice bad">
      <strong>
        Suspended since <Moment at={suspension.at} exact />
      </strong>
      <p>Because {suspensionText(suspension)}. Its schedules are paused until it is restored.</p>
    </div>
  );
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function Profile({ of }: { readonly of: Connection }) {
  const { user, provider, connector, config = {}, registeredAt, consentEndsAt } = of;
  if (registeredAt === undefined)
    return (
      <Empty title="It is not registered">
        A schedule names it, and nothing is known of it yet: neither its settings nor its credentials.
      </Empty>
    );
  return (
    <Facts
      of={[
        [
          'User',
          <a key="user" href={to('connections', { user })}>
            {user}
          </a>,
        ],
        [
          'Provider',
          <a key="provider" href={to('connections', { provider })}>
            {provider}
          </a>,
        ],
        ['Connector', connector ?? 'none: it is left to the sync engine'],
        ...Object.entries(config).map(
          ([name, value]) => [`Setting ${name}`, <code key={name}>{shown(value)}</code>] as const,
        ),
        ['Registered', <Moment key="at" at={registeredAt} />],
        ...(consentEndsAt === undefined
          ? []
          : [['Consent ends', <Moment key="at" at={consentEndsAt} away />] as const]),
      ]}
    />
  );
}

function Schedules({ id }: { readonly id: string }) {
  const path = `/v1/schedules${search({ connection: id, status: LIVING, limit: LIMIT })}`;
  const answer = useAnswer<Page<Schedule>>(path, ofType(/^(Schedule|Run|Occurrence)/));
  const { perform, shown } = useScheduleActions(answer.reload);
  const elsewhere = (
    <>
      <a href={to('schedules', { connection: id })}>All of them</a> ·{' '}
      <a href={to('runs', { connection: id })}>Their runs</a>
    </>
  );
  return (
    <Panel title="Its schedules" wide aside={elsewhere}>
      {shown}
      <Answered of={answer}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="No schedule acts on it">
              <a href={to('new')}>Create one</a>
            </Empty>
          ) : (
            <Table
              caption="Its schedules"
              rows={items}
              idOf={({ id }) => id}
              columns={scheduleColumns(perform)}
            />
          )
        }
      </Answered>
    </Panel>
  );
}

function Log({ id }: { readonly id: string }) {
  const path = `/v1/connections/${encodeURIComponent(id)}/events?limit=${EVENTS}`;
  const answer = useAnswer<Page<Happening>>(path, ofConnections);
  return (
    <Panel title="Its log" wide aside={<span class="faint">newest first</span>}>
      <Answered of={answer}>
        {({ items }) => <EventLog events={items.toReversed()} zone={undefined} linked />}
      </Answered>
    </Panel>
  );
}

function Content({ connection, reload }: { readonly connection: Connection; readonly reload: () => void }) {
  const { perform, shown } = useConnectionActions(reload);
  return (
    <>
      <Heading
        title={
          <>
            {connection.id} <Mark {...connectionState(connection.status)} />
          </>
        }
      >
        <ActionButtons of={connection} perform={perform} />
      </Heading>
      {shown}
      <Trouble of={connection} />
      <div class="grid">
        <Panel title="Profile" wide>
          <Profile of={connection} />
        </Panel>
        <Schedules id={connection.id} />
        <Log id={connection.id} />
      </div>
    </>
  );
}

export function ConnectionPage({ id }: { readonly id: string }) {
  const answer = useAnswer<Connection>(`/v1/connections/${encodeURIComponent(id)}`, ofConnections);
  if (answer.problem?.status === 404)
    return (
      <Empty title="This connection is not there">
        Nobody has registered it, and no schedule names it.{' '}
        <a href={to('connections')}>Go to those that are</a>
      </Empty>
    );
  return (
    <Answered of={answer}>
      {(connection) => <Content connection={connection} reload={answer.reload} />}
    </Answered>
  );
}
