import { cancelRun, redriveRun } from '../api/commands.js';
import { openStatuses, type Attempt, type Run, type RunWithEvents } from '../api/shapes.js';
import { useAnswer } from '../live/answer.js';
import { ofSchedule } from '../live/changes.js';
import { Badge } from '../parts/badge.js';
import { nameOf, shortId, useSchedules } from '../parts/directory.js';
import { Moment } from '../parts/moment.js';
import { Answered, Empty } from '../parts/notice.js';
import { OutcomeList, useOutcomes } from '../parts/outcomes.js';
import { Facts, Heading, Panel } from '../parts/panel.js';
import { Table } from '../parts/table.js';
import { to } from '../routing/route.js';
import { length } from '../words/amounts.js';
import { errorClassOf, reasonOf } from '../words/reasons.js';
import { words } from '../words/states.js';
import { EventLog } from './runs/event-log.js';

const OPEN: ReadonlySet<string> = new Set(openStatuses);

const tookOf = ({ startedAt, endedAt }: Attempt): number | undefined =>
  endedAt === undefined ? undefined : Date.parse(endedAt) - Date.parse(startedAt);

function Attempts({ run, zone }: { readonly run: Run; readonly zone: string | undefined }) {
  if (run.attempts.length === 0)
    return <Empty title="It has not started yet">It waits for its first attempt.</Empty>;
  return (
    <Table
      caption="Attempts"
      rows={run.attempts}
      idOf={({ attempt, startedAt }) => `${attempt} ${startedAt}`}
      columns={[
        { title: 'Attempt', numeric: true, cell: ({ attempt }) => attempt },
        { title: 'Started', cell: ({ startedAt }) => <Moment at={startedAt} zone={zone} exact /> },
        { title: 'Outcome', cell: ({ outcome = 'running' }) => <Badge status={outcome} /> },
        {
          title: 'Why',
          cell: ({ errorClass }) => (errorClass === undefined ? '' : errorClassOf(errorClass)),
        },
        { title: 'Took', numeric: true, cell: (attempt) => length(tookOf(attempt)) },
        { title: 'Next after', numeric: true, cell: ({ nextAfterMs }) => length(nextAfterMs) },
      ]}
    />
  );
}

function Summary({ run, zone }: { readonly run: Run; readonly zone: string | undefined }) {
  const { error, records, reason } = run;
  return (
    <Facts
      of={[
        ['Due', <Moment at={run.nominal} zone={zone} exact />],
        ['Was to start', <Moment at={run.effective} zone={zone} exact />],
        ['Started', <Moment at={run.startedAt} zone={zone} exact />],
        ['Ended', <Moment at={run.finishedAt} zone={zone} exact />],
        ['Late by', length(run.latenessMs)],
        ['Took', length(run.durationMs)],
        ['What started it', reasonOf(run.trigger ?? '–')],
        ['What it did', words(run.operation ?? '–')],
        ['Connection', <a href={to(['connections', run.connection])}>{run.connection}</a>],
        ['Executor', run.executor ?? '–'],
        ...(records === undefined
          ? []
          : [
              [
                'Records',
                `${records.read} read, ${records.written} written, ${records.rejected} rejected`,
              ] as const,
            ]),
        ...(reason === undefined ? [] : [['Why', reasonOf(reason)] as const]),
        ...(error === undefined
          ? []
          : [
              [
                'Error',
                <>
                  {errorClassOf(error.class ?? '')}
                  {error.message !== undefined && <small>{error.message}</small>}
                </>,
              ] as const,
            ]),
        ['Id', <code class="id">{run.id}</code>],
      ]}
    />
  );
}

function Content({ run, reload }: { readonly run: RunWithEvents; readonly reload: () => void }) {
  const schedule = useSchedules([run.schedule]).get(run.schedule) ?? undefined;
  const zone = schedule?.recurrence.zone;
  const name = schedule === undefined ? `Schedule ${shortId(run.schedule)}` : nameOf(schedule);
  const { outcomes, run: act, dismiss } = useOutcomes();
  const perform = (what: string, command: (id: string) => Promise<unknown>): void =>
    void act(what, [{ id: run.id, name }], () => command(run.id)).then(reload);
  return (
    <>
      <Heading
        title={
          <>
            Run of <a href={to(['schedules', run.schedule])}>{name}</a> <Badge status={run.status} />
          </>
        }
      >
        {OPEN.has(run.status) && (
          <button type="button" class="danger" onClick={() => perform('Cancel', cancelRun)}>
            Cancel run
          </button>
        )}
        {run.status === 'abandoned' && (
          <button type="button" class="primary" onClick={() => perform('Redrive', redriveRun)}>
            Redrive
          </button>
        )}
      </Heading>
      <OutcomeList outcomes={outcomes} dismiss={dismiss} />
      <div class="grid">
        <Panel title="Summary">
          <Summary run={run} zone={zone} />
        </Panel>
        <div class="stack">
          <Panel title="Attempts">
            <Attempts run={run} zone={zone} />
          </Panel>
          <Panel title="Chain of events">
            <EventLog events={run.events} zone={zone} />
          </Panel>
        </div>
      </div>
    </>
  );
}

export function RunPage({ id }: { readonly id: string }) {
  const answer = useAnswer<RunWithEvents>(
    `/v1/runs/${encodeURIComponent(id)}`,
    ofSchedule(id.split('.')[0] ?? id),
  );
  if (answer.problem?.status === 404 && answer.data === undefined)
    return (
      <Empty title="This run is not there">
        It may not have been written yet. <a href={to('runs')}>All runs</a>
      </Empty>
    );
  return <Answered of={answer}>{(run) => <Content run={run} reload={answer.reload} />}</Answered>;
}
