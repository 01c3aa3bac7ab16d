import type { Delivery } from '../../api/webhooks.js';
import { Mark } from '../../parts/badge.js';
import { shortId } from '../../parts/directory.js';
import { Moment } from '../../parts/moment.js';
import type { Column } from '../../parts/table.js';
import { to } from '../../routing/route.js';
import { length } from '../../words/amounts.js';
import { scheduleOf } from '../../words/events.js';
import { reasonOf } from '../../words/reasons.js';
import { eventName, webhookState } from '../../words/webhooks.js';

function Event({ of, name }: { readonly of: Delivery; readonly name: string | undefined }) {
  const schedule = scheduleOf(of);
  return (
    <>
      <span class="free" title={of.type}>
        {eventName(of.type)}
      </span>
      {schedule !== undefined && (
        <a class="party" href={to(['schedules', schedule])} title={schedule}>
          {name ?? shortId(schedule)}
        </a>
      )}
      <small>
        position {of.position}
        {of.replay !== undefined && ', told again of a range'}
      </small>
    </>
  );
}

function LastAnswer({ of: { statusCode, message, durationMs, attempts } }: { readonly of: Delivery }) {
  const said = message ?? (statusCode === undefined ? undefined : `status ${statusCode}`);
  if (said === undefined) return <span class="faint">{attempts === 0 ? 'not sent yet' : '–'}</span>;
  return (
    <>
      <span class="clamped" title={said}>
        {said}
      </span>
      {durationMs !== undefined && <small>after {length(durationMs)}</small>}
    </>
  );
}

function Standing({ of: { status, reason, deliveries } }: { readonly of: Delivery }) {
  return (
    <>
      <Mark {...webhookState(status)} />
      {reason !== undefined && <small>{reasonOf(reason)}</small>}
      {deliveries > 1 && <small>{deliveries} times</small>}
    </>
  );
}

/** Of what is disabled the service knows when, but nothing is sent then. */
function NextTry({
  of: { status, retryAt },
  disabled,
}: {
  readonly of: Delivery;
  readonly disabled: boolean;
}) {
  if (status === 'pending' && disabled) return <span class="faint">once it is enabled</span>;
  return <Moment at={retryAt} away />;
}

function Again({ of, again }: { readonly of: Delivery; readonly again: (delivery: Delivery) => void }) {
  return (
    <span class="rowactions">
      <button
        type="button"
        class="quiet"
        aria-label={`Deliver again: ${eventName(of.type)}, position ${of.position}`}
        onClick={() => again(of)}
      >
        Deliver again
      </button>
    </span>
  );
}

type Given = {
  /** Of the schedule that it is of, where that is known. */
  readonly called: (delivery: Delivery) => string | undefined;
  /** The endpoint is: nothing is sent. */
  readonly disabled: boolean;
  readonly again: (delivery: Delivery) => void;
};

export const deliveryColumns = ({ called, disabled, again }: Given): readonly Column<Delivery>[] => [
  { title: 'Event', cell: (of) => <Event of={of} name={called(of)} /> },
  { title: 'Status', cell: (of) => <Standing of={of} /> },
  { title: 'Attempts', numeric: true, cell: ({ attempts }) => attempts },
  { title: 'Last answer', cell: (of) => <LastAnswer of={of} /> },
  { title: 'Last sent', cell: ({ lastAt }) => <Moment at={lastAt} exact /> },
  { title: 'Next try', cell: (of) => <NextTry of={of} disabled={disabled} /> },
  { title: 'Actions', quiet: true, cell: (of) => <Again of={of} again={again} /> },
];
