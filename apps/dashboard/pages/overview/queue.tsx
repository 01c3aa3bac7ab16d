import type { OpenRun, Queue, Stats } from '../../api/numbers.js';
import { openStatuses } from '../../api/shapes.js';
import { Badge } from '../../parts/badge.js';
import { nameOf, useSchedules } from '../../parts/directory.js';
import { Moment } from '../../parts/moment.js';
import { Empty } from '../../parts/notice.js';
import { to } from '../../routing/route.js';
import { reasonOf } from '../../words/reasons.js';

const SHOWN = 8;
/** The service names so many open runs, the oldest, and no more. */
const NAMED = 500;

/** Those that wait first: what runs is no trouble. */
const order = (a: OpenRun, b: OpenRun): number =>
  Number(a.status === 'running') - Number(b.status === 'running') || a.queuedAt.localeCompare(b.queuedAt);

function Entry({ run, name }: { readonly run: OpenRun; readonly name: string }) {
  return (
    <li>
      <a href={to(['runs', run.run])}>{name}</a>
      <Badge status={run.status} />
      <span class="faint">
        {run.resumeAt !== undefined ? (
          <>
            goes on <Moment at={run.resumeAt} />
          </>
        ) : (
          <>
            since <Moment at={run.startedAt ?? run.queuedAt} />
          </>
        )}
      </span>
    </li>
  );
}

function Entries({ runs }: { readonly runs: readonly OpenRun[] }) {
  const schedules = useSchedules(runs.map(({ schedule }) => schedule));
  const nameOfOne = ({ schedule, user, provider }: OpenRun): string => {
    const found = schedules.get(schedule) ?? undefined;
    return found === undefined ? `${user}’s ${provider}` : nameOf(found);
  };
  return (
    <ul class="lines">
      {runs.map((run) => (
        <Entry key={run.run} run={run} name={nameOfOne(run)} />
      ))}
    </ul>
  );
}

/** @returns how many are open, those too that are not named. */
function countOf({ open }: Queue, openRuns: Stats['openRuns'] = {}): number {
  if (open.length < NAMED) return open.length;
  return Math.max(
    open.length,
    Object.values(openRuns).reduce((sum, count) => sum + count, 0),
  );
}

/** What waits, and what stops it. */
export function QueueView({
  queue,
  openRuns,
}: {
  readonly queue: Queue;
  readonly openRuns: Stats['openRuns'] | undefined;
}) {
  const count = countOf(queue, openRuns);
  const shown = queue.open.toSorted(order).slice(0, SHOWN);
  const stopped = queue.providers.filter((provider) => provider.stopped !== undefined);
  return (
    <>
      <p class="lead">
        <b>{queue.running}</b> of {queue.capacity} places taken
      </p>
      {stopped.map(({ provider, waiting, running, stopped: why = '' }) => (
        <p key={provider} class="notice warn">
          <b>{provider}</b>: {why === 'no_executor' ? waiting + running : waiting} waiting, because{' '}
          {reasonOf(why)}.
        </p>
      ))}
      {shown.length === 0 ? (
        <Empty title="Nothing waits">What is due starts at once.</Empty>
      ) : (
        <Entries runs={shown} />
      )}
      {count > SHOWN && <a href={to('runs', { status: openStatuses.join() })}>and {count - SHOWN} more</a>}
    </>
  );
}
