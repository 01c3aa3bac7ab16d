import type { ComponentChildren } from 'preact';
import { search } from '../../api/client.js';
import type { Connection } from '../../api/connections.js';
import type { Provider } from '../../api/numbers.js';
import { openStatuses, type Page, type Run, type Schedule } from '../../api/shapes.js';
import { useAnswer } from '../../live/answer.js';
import { ofConnections, ofSchedule, ofSyncs } from '../../live/changes.js';
import { Moment } from '../../parts/moment.js';
import { to } from '../../routing/route.js';
import { suspensionText } from '../../words/connections.js';
import { errorClassOf, reasonOf } from '../../words/reasons.js';
import { hasRun } from '../runs/columns.js';
import { stateOf } from '../../words/states.js';

/** Why a schedule runs or does not, from what the service knows of all that it depends on. */

function Own({ schedule: { status, pause, nextOccurrence, recurrence } }: { readonly schedule: Schedule }) {
  if (status === 'paused')
    return (
      <li class="warn">
        It is paused since <Moment at={pause?.at} zone={recurrence.zone} />, because{' '}
        {reasonOf(pause?.cause ?? 'request')}
        {pause?.note !== undefined && <>: “{pause.note}”</>}.{' '}
        {pause?.until === undefined ? (
          'It stays so until somebody resumes it.'
        ) : (
          <>
            It resumes by itself <Moment at={pause.until} zone={recurrence.zone} />.
          </>
        )}
      </li>
    );
  if (status === 'completed') return <li>It is completed: nothing more will run.</li>;
  if (nextOccurrence === undefined) return <li>It is active, and nothing more is due.</li>;
  return (
    <li class="good">
      It is active, and due next <Moment at={nextOccurrence.effective} zone={recurrence.zone} />.
    </li>
  );
}

function Last({ run, zone }: { readonly run: Run | undefined; readonly zone: string | undefined }) {
  if (run === undefined) return <li>It has never run.</li>;
  const { tone, word } = stateOf(run.status);
  return (
    <li class={tone}>
      {hasRun(run) ? <a href={to(['runs', run.id])}>Its last run</a> : 'Its last occurrence'}, due{' '}
      <Moment at={run.nominal} zone={zone} />: {word}
      {run.reason !== undefined && `, because ${reasonOf(run.reason)}`}
      {run.error?.class !== undefined && ` (${errorClassOf(run.error.class)})`}.
    </li>
  );
}

function ConnectionState({
  connection,
  zone,
}: {
  readonly connection: Connection | undefined;
  readonly zone: string | undefined;
}): ComponentChildren {
  if (connection?.suspension === undefined) return null;
  return (
    <li class="bad">
      Its connection <a href={to(['connections', connection.id])}>{connection.id}</a> is suspended since{' '}
      <Moment at={connection.suspension.at} zone={zone} />, because {suspensionText(connection.suspension)}.
    </li>
  );
}

function ProviderState({
  provider,
  zone,
}: {
  readonly provider: Provider | undefined;
  readonly zone: string | undefined;
}) {
  if (provider === undefined) return null;
  const { pause, circuit, stopped, name } = provider;
  if (pause !== undefined)
    return (
      <li class="warn">
        {name} is paused, because {reasonOf(pause.cause ?? 'request')}
        {pause.note !== undefined && <>: “{pause.note}”</>}. What is due waits.
      </li>
    );
  if (circuit.status !== 'closed')
    return (
      <li class="bad">
        {name}’s breaker is open until <Moment at={circuit.until} zone={zone} />: too many runs failed in a
        row.
      </li>
    );
  if (stopped !== undefined)
    return (
      <li class="warn">
        {name} takes no more at this moment: {reasonOf(stopped)}.
      </li>
    );
  return <li class="good">{name} is served.</li>;
}

export function Explanation({
  schedule,
  last,
}: {
  readonly schedule: Schedule;
  readonly last: Run | undefined;
}) {
  const zone = schedule.recurrence.zone;
  const connection = useAnswer<Connection>(
    `/v1/connections/${encodeURIComponent(schedule.connection)}`,
    ofConnections,
  );
  const provider = useAnswer<Provider>(
    `/v1/providers/${encodeURIComponent(schedule.provider)}`,
    // What stops it may be the runs of anybody.
    ofSyncs,
  );
  const open = useAnswer<Page<Run>>(
    `/v1/runs${search({ schedule: schedule.id, status: openStatuses.join() })}`,
    ofSchedule(schedule.id),
  );
  const stopped = provider.data?.stopped;
  return (
    <ul class="reasons">
      <Own schedule={schedule} />
      {open.data?.items.map((run) => (
        <li key={run.id} class={stateOf(run.status).tone}>
          <a href={to(['runs', run.id])}>One run</a> is {stateOf(run.status).word}
          {run.status === 'queued' && stopped !== undefined && `, because ${reasonOf(stopped)}`}.
        </li>
      ))}
      <ConnectionState connection={connection.data} zone={zone} />
      <ProviderState provider={provider.data} zone={zone} />
      <Last run={last} zone={zone} />
    </ul>
  );
}
