import { useState } from 'preact/hooks';
import { search } from '../api/client.js';
import { acknowledge } from '../api/commands.js';
import type { Conflict } from '../api/numbers.js';
import type { Page } from '../api/shapes.js';
import { useAnswer } from '../live/answer.js';
import { ofType } from '../live/changes.js';
import { Badge } from '../parts/badge.js';
import { Dialog } from '../parts/dialog.js';
import { nameOf, shortId, useSchedules } from '../parts/directory.js';
import { ChoiceFilter, Filters, TextFilter } from '../parts/filters.js';
import { Moment } from '../parts/moment.js';
import { Answered, Empty } from '../parts/notice.js';
import { OutcomeList, useOutcomes } from '../parts/outcomes.js';
import { Pager } from '../parts/pager.js';
import { Prose } from '../parts/prose.js';
import { Heading } from '../parts/panel.js';
import { Table } from '../parts/table.js';
import { replace, to } from '../routing/route.js';
import { reasonOf } from '../words/reasons.js';
import { words } from '../words/states.js';

const LIMIT = 25;
type Query = Readonly<Record<string, string>>;

const statuses = [
  ['', 'Open and acknowledged'],
  ['open', 'Open'],
  ['acknowledged', 'Acknowledged'],
  ['resolved', 'Resolved'],
] as const;
const kinds = [
  ['', 'Any'],
  ['duplicate', 'Duplicate'],
  ['overlap', 'Overlap'],
  ['resource_limit', 'Resource limit'],
] as const;

function AcknowledgeDialog({
  conflict,
  onConfirm,
  onClose,
}: {
  readonly conflict: Conflict;
  readonly onConfirm: (note: string) => void;
  readonly onClose: () => void;
}) {
  const [note, setNote] = useState('');
  return (
    <Dialog
      title="Acknowledge this conflict?"
      confirm="Acknowledge"
      onConfirm={() => onConfirm(note.trim())}
      onClose={onClose}
    >
      <p>
        <Prose text={conflict.message} />
      </p>
      <div class="field">
        <label for="acknowledge-note">Note (optional)</label>
        <input
          id="acknowledge-note"
          type="text"
          maxLength={500}
          value={note}
          onInput={(event) => setNote(event.currentTarget.value)}
        />
      </div>
    </Dialog>
  );
}

function Parties({ ids }: { readonly ids: readonly string[] }) {
  const schedules = useSchedules(ids);
  return (
    <>
      {ids.map((id) => {
        const schedule = schedules.get(id);
        return (
          <a key={id} class="party" href={to(['schedules', id])} title={id}>
            {schedule === undefined || schedule === null ? shortId(id) : nameOf(schedule)}
          </a>
        );
      })}
    </>
  );
}

function List({
  items,
  ask,
}: {
  readonly items: readonly Conflict[];
  readonly ask: (conflict: Conflict) => void;
}) {
  return (
    <Table
      caption="Conflicts"
      rows={items}
      idOf={({ id }) => id}
      columns={[
        { title: 'Kind', cell: ({ kind }) => words(kind) },
        {
          title: 'Status',
          cell: ({ status, note, resolution }) => (
            <>
              <Badge status={status} />
              {note !== undefined && <small>{note}</small>}
              {resolution !== undefined && <small>{reasonOf(resolution)}</small>}
            </>
          ),
        },
        { title: 'What', cell: ({ message }) => <Prose text={message} /> },
        {
          title: 'Schedules',
          cell: ({ schedules, provider }) =>
            schedules.length === 0 && provider !== undefined ? (
              <a href={to('schedules', { provider })}>those at {provider}</a>
            ) : (
              <Parties ids={schedules} />
            ),
        },
        { title: 'Last seen', cell: ({ lastDetectedAt }) => <Moment at={lastDetectedAt} away /> },
        { title: 'Times', numeric: true, cell: ({ times }) => times },
        {
          title: 'Actions',
          quiet: true,
          cell: (conflict) =>
            conflict.status === 'open' && (
              <button
                type="button"
                onClick={() => ask(conflict)}
                aria-label={`Acknowledge: ${conflict.message}`}
              >
                Acknowledge
              </button>
            ),
        },
      ]}
    />
  );
}

export function ConflictsPage({ query }: { readonly query: Query }) {
  const { status = 'open,acknowledged', kind, user, provider, cursor } = query;
  const path = `/v1/conflicts${search({ status, kind, user, provider, cursor, limit: LIMIT })}`;
  const answer = useAnswer<Page<Conflict>>(path, ofType(/^Conflict/));
  const { outcomes, run, dismiss } = useOutcomes();
  const [asked, setAsked] = useState<Conflict>();
  const set = (name: string, value: string): void => {
    const { cursor: _, ...rest } = query;
    replace(to('conflicts', { ...rest, [name]: value }));
  };
  return (
    <>
      <Heading title="Conflicts" />
      <Filters>
        <ChoiceFilter name="status" label="Status" value={query['status']} choices={statuses} set={set} />
        <ChoiceFilter name="kind" label="Kind" value={kind} choices={kinds} set={set} />
        <TextFilter name="user" label="User" value={user} set={set} />
        <TextFilter name="provider" label="Provider" value={provider} set={set} />
      </Filters>
      <OutcomeList outcomes={outcomes} dismiss={dismiss} />
      {asked !== undefined && (
        <AcknowledgeDialog
          conflict={asked}
          onConfirm={(note) =>
            void run('Acknowledge', [{ id: asked.id, name: words(asked.kind) }], () =>
              acknowledge(asked.id, note),
            ).then(answer.reload)
          }
          onClose={() => setAsked(undefined)}
        />
      )}
      <Answered of={answer}>
        {({ items, next }) =>
          items.length === 0 ? (
            <Empty title="No conflicts">
              {Object.keys(query).length > 0 ? (
                <a href={to('conflicts')}>Show all that are not resolved</a>
              ) : (
                'Schedules that do the same, get in each other’s way, or ask for more than the limits allow are listed here.'
              )}
            </Empty>
          ) : (
            <>
              <List items={items} ask={setAsked} />
              <Pager cursor={cursor} next={next} at={(cursor) => to('conflicts', { ...query, cursor })} />
            </>
          )
        }
      </Answered>
    </>
  );
}
