import type { Schedule } from '../../api/shapes.js';
import { Badge } from '../../parts/badge.js';
import { nameOf } from '../../parts/directory.js';
import { Moment } from '../../parts/moment.js';
import type { Column } from '../../parts/table.js';
import { to } from '../../routing/route.js';
import { reasonOf } from '../../words/reasons.js';
import { recurrenceText } from '../../words/recurrence.js';
import { RowActions, type Action } from './actions.js';

function Name({ schedule }: { readonly schedule: Schedule }) {
  return (
    <>
      <a class="strong" href={to(['schedules', schedule.id])} title={schedule.id}>
        {nameOf(schedule)}
      </a>
      <small>
        {schedule.user} ·{' '}
        <a href={to(['connections', schedule.connection])} title={`Connection ${schedule.connection}`}>
          {schedule.provider}
        </a>
        {schedule.priority !== 'normal' && ` · ${schedule.priority} priority`}
      </small>
    </>
  );
}

function Note({ text }: { readonly text: string }) {
  return (
    <small class="clamped note" title={text}>
      {text}
    </small>
  );
}

function Status({ schedule: { status, pause, counters } }: { readonly schedule: Schedule }) {
  return (
    <>
      <Badge status={status} />
      {pause !== undefined && <Note text={pause.note ?? reasonOf(pause.cause ?? 'request')} />}
      {counters.consecutiveFailures > 0 && (
        <small class="bad">failed {counters.consecutiveFailures} in a row</small>
      )}
    </>
  );
}

function LastRun({ schedule: { lastRun, recurrence } }: { readonly schedule: Schedule }) {
  if (lastRun === undefined) return <span class="faint">none yet</span>;
  return (
    <>
      <a href={to(['runs', lastRun.id])}>
        <Moment at={lastRun.at} zone={recurrence.zone} />
      </a>
      {lastRun.status !== null && (
        <small>
          <Badge status={lastRun.status} />
        </small>
      )}
    </>
  );
}

export const scheduleColumns = (
  perform: (action: Action, schedules: readonly Schedule[]) => void,
): readonly Column<Schedule>[] => [
  { title: 'Schedule', cell: (schedule) => <Name schedule={schedule} /> },
  { title: 'Status', cell: (schedule) => <Status schedule={schedule} /> },
  {
    title: 'Recurrence',
    cell: ({ recurrence }) => (
      <>
        <span class="recurrence free">{recurrenceText(recurrence)}</span>
        <small>{recurrence.zone ?? 'UTC'}</small>
      </>
    ),
  },
  {
    title: 'Next run',
    cell: ({ nextOccurrence, recurrence }) => (
      <Moment at={nextOccurrence?.effective} zone={recurrence.zone} away />
    ),
  },
  { title: 'Last run', cell: (schedule) => <LastRun schedule={schedule} /> },
  { title: 'Actions', quiet: true, cell: (schedule) => <RowActions schedule={schedule} perform={perform} /> },
];
