import { useState } from 'preact/hooks';
import { search } from '../api/client.js';
import type { Conflict } from '../api/numbers.js';
import type { Backfilled, Occurrences, Page, Run, Schedule } from '../api/shapes.js';
import { useOpeners } from '../forms/openers.js';
import { useAnswer } from '../live/answer.js';
import { ofSchedule, ofType } from '../live/changes.js';
import { Badge } from '../parts/badge.js';
import { nameOf } from '../parts/directory.js';
import { Answered, Empty } from '../parts/notice.js';
import { Heading, Panel } from '../parts/panel.js';
import { to } from '../routing/route.js';
import { ConflictList } from './overview/conflict-list.js';
import { runColumns } from './runs/columns.js';
import { Table } from '../parts/table.js';
import { BackfillForm, BackfillResult } from './schedule/backfill-form.js';
import { Definition } from './schedule/definition.js';
import { EditForm } from './schedule/edit-form.js';
import { Explanation } from './schedule/explanation.js';
import { LogPanel, PastSchedule } from './schedule/past.js';
import { Upcoming } from './schedule/upcoming.js';
import { actionNames, actionsFor, useScheduleActions } from './schedules/actions.js';

const RUNS = 10;

function Runs({ of, zone }: { readonly of: readonly Run[]; readonly zone: string | undefined }) {
  if (of.length === 0)
    return <Empty title="It has not run yet">Its first run shows up here by itself.</Empty>;
  return <Table caption="Recent runs" rows={of} idOf={({ id }) => id} columns={runColumns(() => zone)} />;
}

function Panels({ schedule }: { readonly schedule: Schedule }) {
  const {
    id,
    recurrence: { zone },
  } = schedule;
  const own = ofSchedule(id);
  const place = `/v1/schedules/${encodeURIComponent(id)}`;
  const occurrences = useAnswer<Occurrences>(`${place}/occurrences?count=5`, own);
  const runs = useAnswer<Page<Run>>(`/v1/runs${search({ schedule: id, limit: RUNS })}`, own);
  const conflicts = useAnswer<Page<Conflict>>(
    `/v1/conflicts${search({ schedule: id, status: 'open,acknowledged', limit: 5 })}`,
    ofType(/^Conflict/),
  );
  return (
    <div class="grid">
      <div class="stack">
        <Panel title="Why it runs, or does not">
          <Explanation schedule={schedule} last={runs.data?.items[0]} />
        </Panel>
        <Panel title="What comes">
          <Answered of={occurrences}>{(data) => <Upcoming occurrences={data} zone={zone} />}</Answered>
        </Panel>
        <Panel title="Conflicts">
          <Answered of={conflicts}>{(data) => <ConflictList items={data.items} />}</Answered>
        </Panel>
      </div>
      <Panel title="Definition">
        <Definition schedule={schedule} />
      </Panel>
      <Panel title="Recent runs" wide aside={<a href={to('runs', { schedule: id })}>All of them</a>}>
        <Answered of={runs}>{(data) => <Runs of={data.items} zone={zone} />}</Answered>
      </Panel>
      <LogPanel id={id} zone={zone} />
    </div>
  );
}

type Given = { readonly schedule: Schedule; readonly reload: () => void };

/** What is opened beneath the heading, and what came of it. What is over runs no more, not even its past. */
function useForms({ schedule, reload }: Given) {
  const { status, id } = schedule;
  const over = status === 'completed' || status === 'deleted';
  const { open, buttons, close } = useOpeners([
    ...(over ? [] : ([['backfill', 'Backfill']] as const)),
    ['edit', 'Edit'],
  ]);
  const [backfilled, setBackfilled] = useState<Backfilled>();
  const done = (answer: Backfilled): void => {
    close();
    setBackfilled(answer);
    reload();
  };
  const forms = (
    <>
      <BackfillResult of={backfilled} schedule={id} dismiss={() => setBackfilled(undefined)} />
      {open === 'backfill' && <BackfillForm schedule={schedule} onDone={done} onClose={close} />}
      {open === 'edit' && <EditForm schedule={schedule} onClose={close} reload={reload} />}
    </>
  );
  return { buttons, forms };
}

function Content({ schedule, reload }: Given) {
  const { perform, shown } = useScheduleActions(reload);
  const { buttons, forms } = useForms({ schedule, reload });
  return (
    <>
      <Heading
        title={
          <>
            {nameOf(schedule)} <Badge status={schedule.status} />
          </>
        }
      >
        {actionsFor(schedule).map((action) => (
          <button
            key={action}
            type="button"
            class={action === 'delete' ? 'danger' : undefined}
            onClick={() => perform(action, [schedule])}
          >
            {actionNames[action]}
          </button>
        ))}
        {buttons}
      </Heading>
      {shown}
      {forms}
      <Panels schedule={schedule} />
    </>
  );
}

/** A deleted one is seen as it was. */
function Gone({ id }: { readonly id: string }) {
  return (
    <>
      <Empty title="This schedule is not there">
        It was deleted, or never was. Its runs are still in the{' '}
        <a href={to('runs', { schedule: id })}>ledger</a>.
      </Empty>
      <LogPanel id={id} />
    </>
  );
}

function PresentSchedule({ id }: { readonly id: string }) {
  const answer = useAnswer<Schedule>(`/v1/schedules/${encodeURIComponent(id)}`, ofSchedule(id));
  if (answer.problem?.status === 404) return <Gone id={id} />;
  return (
    <Answered of={answer}>{(schedule) => <Content schedule={schedule} reload={answer.reload} />}</Answered>
  );
}

/** `at`: an instant of the past. */
export function SchedulePage({ id, at }: { readonly id: string; readonly at?: string | undefined }) {
  return at === undefined ? <PresentSchedule id={id} /> : <PastSchedule key={at} id={id} at={at} />;
}
