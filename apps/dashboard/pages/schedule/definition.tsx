import type { Schedule } from '../../api/shapes.js';
import { catchUpChoices, overlapChoices } from '../../forms/policies.js';
import { Moment } from '../../parts/moment.js';
import { Facts } from '../../parts/panel.js';
import { to } from '../../routing/route.js';
import { counted } from '../../words/amounts.js';
import { recurrenceDetails, recurrenceText } from '../../words/recurrence.js';
import { words } from '../../words/states.js';
import { span } from '../../words/time.js';

const said = (choices: readonly (readonly [string, string])[], value: string): string =>
  choices.find(([choice]) => choice === value)?.[1] ?? words(value);

export function Definition({ schedule }: { readonly schedule: Schedule }) {
  const { recurrence, retry, counters } = schedule;
  const details = recurrenceDetails(recurrence);
  return (
    <Facts
      of={[
        [
          'Recurrence',
          <>
            {recurrenceText(recurrence)}
            {details.length > 0 && <small>{details.join(' · ')}</small>}
          </>,
        ],
        ['Time zone', recurrence.zone ?? 'UTC'],
        ['User', <a href={to('schedules', { user: schedule.user })}>{schedule.user}</a>],
        ['Provider', <a href={to('schedules', { provider: schedule.provider })}>{schedule.provider}</a>],
        ['Connection', <a href={to(['connections', schedule.connection])}>{schedule.connection}</a>],
        ['What it does', words(schedule.operation)],
        ['Priority', schedule.priority],
        ['If still running', said(overlapChoices, schedule.overlap)],
        ['After an absence', said(catchUpChoices, schedule.catchUp.policy)],
        ['Attempts', `up to ${retry.maxAttempts}, ${span(retry.base)} to ${span(retry.cap)} apart`],
        ['Time for an attempt', span(schedule.timeout)],
        ...(schedule.maxRuns === undefined ? [] : [['Runs at most', String(schedule.maxRuns)] as const]),
        [
          'So far',
          `${counted(counters.runs, 'run')}: ${counters.succeeded} succeeded, ${counters.failed} given up, ${counters.skipped} skipped, ${counters.missed} missed`,
        ],
        ['Last success', <Moment at={schedule.lastSuccessAt} zone={recurrence.zone} away />],
        ['Version', <span title={schedule.id}>{schedule.version}</span>],
        ['Id', <code class="id">{schedule.id}</code>],
      ]}
    />
  );
}
