import { search } from '../api/client.js';
import type { Subscription } from '../api/numbers.js';
import type { Page } from '../api/shapes.js';
import { useAnswer } from '../live/answer.js';
import { ofType } from '../live/changes.js';
import { Badge } from '../parts/badge.js';
import { Filters, TextFilter } from '../parts/filters.js';
import { Answered, Empty } from '../parts/notice.js';
import { Pager } from '../parts/pager.js';
import { Heading } from '../parts/panel.js';
import { Ago, Moment } from '../parts/moment.js';
import { Table } from '../parts/table.js';
import { replace, to } from '../routing/route.js';
import { money, percent } from '../words/amounts.js';
import { words } from '../words/states.js';
import { dateOnly } from '../words/time.js';

/** Users on a page: each with all of theirs. */
const LIMIT = 20;
type Query = Readonly<Record<string, string>>;

function Renewal({ of }: { readonly of: Subscription }) {
  if (of.endedOn !== null) return <>ended {dateOnly(of.endedOn)}</>;
  if (of.goneSince !== null)
    return (
      <span class="faint">
        not told of since <Moment at={of.goneSince} />
      </span>
    );
  if (of.renewsOn === null) return <span class="faint">not known</span>;
  return (
    <>
      {dateOnly(of.renewsOn)}
      {of.renewalEstimated && <small title="Counted on from an older date: nobody said it">estimated</small>}
    </>
  );
}

function Charges({ of: { lastCharges } }: { readonly of: Subscription }) {
  const [last] = lastCharges;
  if (last === undefined || last.occurredOn === null) return <span class="faint">none known</span>;
  return (
    <>
      {money(last.amountMinor, last.currency)}
      <small>{dateOnly(last.occurredOn)}</small>
    </>
  );
}

/** How sure it is, and where sources differ what each of them says. */
function Sureness({ of: { confidence, disagreements } }: { readonly of: Subscription }) {
  return (
    <>
      {percent(confidence)}
      {disagreements.map(({ fact, said }) => (
        <small
          key={fact}
          class="warn"
          title={said.map(({ connection, value }) => `${connection}: ${value}`).join('\n')}
        >
          sources differ: {words(fact)}
        </small>
      ))}
    </>
  );
}

function List({ items }: { readonly items: readonly Subscription[] }) {
  return (
    <Table
      caption="Subscriptions"
      rows={items}
      idOf={({ user, id }) => `${user} ${id}`}
      columns={[
        { title: 'User', cell: ({ user }) => <a href={to('subscriptions', { user })}>{user}</a> },
        {
          title: 'Service',
          cell: ({ service, merchant }) => (
            <>
              <b>{words(service)}</b>
              {merchant !== null && merchant.toLowerCase() !== words(service) && <small>{merchant}</small>}
            </>
          ),
        },
        {
          title: 'Plan',
          cell: ({ plan }) => <span class={plan === null ? 'faint' : 'free'}>{plan ?? 'not known'}</span>,
        },
        { title: 'Status', cell: ({ status }) => (status === null ? '–' : <Badge status={status} />) },
        {
          title: 'Price',
          numeric: true,
          cell: ({ priceMinor, currency, interval }) => (
            <>
              {money(priceMinor, currency)}
              {priceMinor !== null && interval !== null && <small>a {interval}</small>}
            </>
          ),
        },
        { title: 'Renews', cell: (of) => <Renewal of={of} /> },
        { title: 'Last charge', cell: (of) => <Charges of={of} /> },
        {
          title: 'Told by',
          cell: ({ sources }) =>
            sources.map(({ connection, lastSeen }) => (
              <span key={`${connection} ${lastSeen}`} class="party">
                <a href={to(['connections', connection])}>{connection}</a>{' '}
                <small>
                  seen <Ago at={lastSeen} />
                </small>
              </span>
            )),
        },
        { title: 'Sure', numeric: true, cell: (of) => <Sureness of={of} /> },
      ]}
    />
  );
}

export function SubscriptionsPage({ query }: { readonly query: Query }) {
  const { user, provider, cursor } = query;
  const path = `/v1/subscriptions${search({ user, provider, ...(user === undefined ? { cursor, limit: LIMIT } : {}) })}`;
  const answer = useAnswer<Page<Subscription>>(path, ofType(/^(SubscriptionChanged|RunSucceeded)$/));
  const set = (name: string, value: string): void => {
    const { cursor: _, ...rest } = query;
    replace(to('subscriptions', { ...rest, [name]: value }));
  };
  return (
    <>
      <Heading title="Subscriptions" />
      <Filters>
        <TextFilter name="user" label="User" value={user} set={set} />
        <TextFilter name="provider" label="Service" value={provider} set={set} />
      </Filters>
      <Answered of={answer}>
        {({ items, next }) =>
          items.length === 0 ? (
            <Empty
              title={
                user === undefined
                  ? 'No subscription is known yet'
                  : 'Nothing is known of this user’s subscriptions'
              }
            >
              They show up when a connection has been synced. <a href={to('new')}>Schedule one</a>
            </Empty>
          ) : (
            <>
              <List items={items} />
              <Pager cursor={cursor} next={next} at={(cursor) => to('subscriptions', { ...query, cursor })} />
            </>
          )
        }
      </Answered>
    </>
  );
}
