import type { Failing, Stats } from '../../api/numbers.js';
import { Ago } from '../../parts/moment.js';
import { Figure } from '../../parts/panel.js';
import { to } from '../../routing/route.js';
import { stateOf } from '../../words/states.js';
import { percent } from '../../words/amounts.js';

/** The report names so many of them and no more. */
const NAMED = 10;
const WAITING = ['queued', 'buffered', 'retrying', 'snoozed'] as const;

function Failed({ failing }: { readonly failing: readonly Failing[] | undefined }) {
  if (failing === undefined) return <Figure label="Failing" value="…" note="schedules" />;
  const [worst] = failing;
  if (worst === undefined) return <Figure label="Failing" value="0" note="no schedule is failing" />;
  return (
    <Figure
      label="Failing"
      value={failing.length < NAMED ? failing.length : `${NAMED} or more`}
      tone="bad"
      href={to(['schedules', worst.schedule])}
      note={`${worst.name ?? `${worst.user}’s ${worst.provider}`}: ${worst.consecutiveFailures} in a row`}
    />
  );
}

function Waiting({ openRuns }: Pick<Stats, 'openRuns'>) {
  const waiting = WAITING.map((status) => [status, openRuns[status] ?? 0] as const).filter(
    ([, count]) => count > 0,
  );
  return (
    <Figure
      label="Waiting"
      value={waiting.reduce((sum, [, count]) => sum + count, 0)}
      href={to('runs', { status: WAITING.join(',') })}
      note={
        waiting.length === 0
          ? 'nothing waits'
          : waiting.map(([status, count]) => `${count} ${stateOf(status).word}`).join(' · ')
      }
    />
  );
}

/** How things stand, in six numbers; each leads to what it counts. */
export function Figures({
  stats,
  failing,
}: {
  readonly stats: Stats;
  readonly failing: readonly Failing[] | undefined;
}) {
  const { schedules, openRuns, last24Hours, openConflicts, nextDue } = stats;
  const { active = 0, paused = 0, completed = 0 } = schedules.byStatus;
  return (
    <div class="figures">
      <Figure
        label="Schedules"
        value={active}
        href={to('schedules')}
        note={`active · ${paused} paused · ${completed} completed`}
      />
      <Figure
        label="Running"
        value={openRuns['running'] ?? 0}
        href={to('runs', { status: 'running' })}
        note={
          nextDue === null ? (
            'nothing is due'
          ) : (
            <span title="The next occurrence, retry or deadline that is due">
              next wake-up <Ago at={nextDue.wakeAt} />
            </span>
          )
        }
      />
      <Waiting openRuns={openRuns} />
      <Failed failing={failing} />
      <Figure
        label="Success, 24 h"
        value={percent(last24Hours.successRate)}
        href={to('report')}
        note={`${last24Hours.succeeded} of ${last24Hours.succeeded + last24Hours.abandoned} runs`}
      />
      <Figure
        label="Conflicts"
        value={openConflicts}
        tone={openConflicts > 0 ? 'warn' : 'plain'}
        href={to('conflicts')}
        note="not resolved"
      />
    </div>
  );
}
