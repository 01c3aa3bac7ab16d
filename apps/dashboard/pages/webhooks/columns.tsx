import type { Webhook } from '../../api/webhooks.js';
import { Mark } from '../../parts/badge.js';
import { Ago, Moment } from '../../parts/moment.js';
import type { Column } from '../../parts/table.js';
import { to } from '../../routing/route.js';
import { count } from '../../words/amounts.js';
import { reasonOf } from '../../words/reasons.js';
import { toldOf, webhookState } from '../../words/webhooks.js';
import { actionNames, placeOf, type Action } from './actions.js';

/** Why nothing is sent, or nothing taken. */
function Trouble({ of: { disabled, failing } }: { readonly of: Webhook }) {
  return (
    <>
      {disabled !== undefined && (
        <small class="clamped note" title={disabled.note}>
          {reasonOf(disabled.cause ?? 'request')}
          {disabled.note !== undefined && `: ${disabled.note}`}
        </small>
      )}
      {failing !== undefined && (
        <small class="bad">
          failing since <Ago at={failing.since} />
        </small>
      )}
      {failing !== undefined && failing.lastError !== null && (
        <small class="clamped note" title={failing.lastError}>
          {failing.lastError}
        </small>
      )}
    </>
  );
}

function Told({ of: { filter } }: { readonly of: Webhook }) {
  const { kinds, whose } = toldOf(filter);
  return (
    <>
      <span class="free">{kinds}</span>
      {whose !== '' && <small>{whose}</small>}
    </>
  );
}

type Perform = (action: Action, webhook: Webhook) => void;

/** What is asked for often; the rest is on its page. */
function RowActions({ of, perform }: { readonly of: Webhook; readonly perform: Perform }) {
  const offered: readonly Action[] = ['test', of.status === 'disabled' ? 'enable' : 'disable'];
  return (
    <span class="rowactions">
      {offered.map((action) => (
        <button
          key={placeOf(action)}
          type="button"
          class="quiet"
          aria-label={`${actionNames[action]}: ${of.url}`}
          onClick={() => perform(action, of)}
        >
          {actionNames[action]}
        </button>
      ))}
    </span>
  );
}

export const webhookColumns = (perform: Perform): readonly Column<Webhook>[] => [
  {
    title: 'Webhook',
    cell: ({ id, url, description }) => (
      <>
        <a class="strong" href={to(['webhooks', id])} title={id}>
          {url}
        </a>
        {description !== undefined && <small>{description}</small>}
      </>
    ),
  },
  { title: 'Told of', cell: (of) => <Told of={of} /> },
  {
    title: 'Status',
    cell: (of) => (
      <>
        <Mark {...webhookState(of.status)} />
        <Trouble of={of} />
      </>
    ),
  },
  { title: 'Delivered', numeric: true, cell: ({ delivered }) => count(delivered) },
  { title: 'Pending', numeric: true, cell: ({ pending }) => count(pending) },
  { title: 'Given up', numeric: true, cell: ({ deadLettered }) => count(deadLettered) },
  { title: 'Last success', cell: ({ lastSuccessAt }) => <Moment at={lastSuccessAt} away /> },
  { title: 'Actions', quiet: true, cell: (of) => <RowActions of={of} perform={perform} /> },
];
