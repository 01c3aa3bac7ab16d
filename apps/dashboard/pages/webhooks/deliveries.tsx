import { search } from '../../api/client.js';
import type { Page } from '../../api/shapes.js';
import { deliveriesOf, redeliver, type Delivery, type Webhook } from '../../api/webhooks.js';
import { useAnswer } from '../../live/answer.js';
import { ofWebhooks } from '../../live/changes.js';
import { nameOf, useSchedules } from '../../parts/directory.js';
import { ChoiceFilter, Filters } from '../../parts/filters.js';
import { Answered, Empty } from '../../parts/notice.js';
import { OutcomeList, useOutcomes } from '../../parts/outcomes.js';
import { Pager } from '../../parts/pager.js';
import { Panel } from '../../parts/panel.js';
import { Table } from '../../parts/table.js';
import { replace, to } from '../../routing/route.js';
import { scheduleOf } from '../../words/events.js';
import { eventName } from '../../words/webhooks.js';
import { deliveryColumns } from './delivery-columns.js';

const LIMIT = 25;

const statuses = [
  ['', 'All'],
  ['delivered', 'Delivered'],
  ['pending', 'Pending'],
  ['dead_lettered', 'Given up'],
] as const;

function List({
  items,
  disabled,
  again,
}: {
  readonly items: readonly Delivery[];
  readonly disabled: boolean;
  readonly again: (delivery: Delivery) => void;
}) {
  const schedules = useSchedules(items.flatMap((of) => scheduleOf(of) ?? []));
  const called = (of: Delivery): string | undefined => {
    const schedule = schedules.get(scheduleOf(of) ?? '') ?? undefined;
    return schedule === undefined ? undefined : nameOf(schedule);
  };
  return (
    <Table
      caption="Deliveries, newest event first"
      rows={items}
      idOf={({ position }) => String(position)}
      columns={deliveryColumns({ called, disabled, again })}
    />
  );
}

function Nothing({ of, all }: { readonly of: string | undefined; readonly all: string }) {
  return of === undefined ? (
    <Empty title="Nothing was sent yet">What happens from now on, and it is told of, is listed here.</Empty>
  ) : (
    <Empty title="No delivery is like that">
      <a href={all}>Show all of them</a>
    </Empty>
  );
}

function useAgain(webhook: string, after: () => void) {
  const { outcomes, run, dismiss } = useOutcomes();
  const again = ({ position, type }: Delivery): void => {
    const item = { id: String(position), name: `${eventName(type)}, position ${position}` };
    void run('Deliver again', [item], () => redeliver(webhook, position)).then(after);
  };
  return { again, shown: <OutcomeList outcomes={outcomes} dismiss={dismiss} /> };
}

type Given = {
  readonly webhook: Webhook;
  readonly query: Readonly<Record<string, string>>;
  readonly after: () => void;
};

/** What became of each event that the endpoint is told of. */
export function Deliveries({ webhook: { id, status: standing }, query: { status, cursor }, after }: Given) {
  const place = (more: Readonly<Record<string, string | undefined>>): string => to(['webhooks', id], more);
  const path = `${deliveriesOf(id)}${search({ status, cursor, limit: LIMIT })}`;
  const answer = useAnswer<Page<Delivery>>(path, ofWebhooks(id));
  const { again, shown } = useAgain(id, () => {
    answer.reload();
    after();
  });
  return (
    <Panel title="Deliveries" wide aside={<span class="faint">newest event first</span>}>
      <Filters>
        <ChoiceFilter
          name="status"
          label="Status"
          value={status}
          choices={statuses}
          set={(_, value) => replace(place({ status: value }))}
        />
      </Filters>
      {shown}
      <Answered of={answer}>
        {({ items, next }) =>
          items.length === 0 ? (
            <Nothing of={status} all={place({})} />
          ) : (
            <>
              <List items={items} disabled={standing === 'disabled'} again={again} />
              <Pager cursor={cursor} next={next} at={(cursor) => place({ status, cursor })} />
            </>
          )
        }
      </Answered>
    </Panel>
  );
}
