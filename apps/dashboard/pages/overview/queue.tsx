import type { OpenRun, Queue } from '../../api/numbers.js';
import { Badge } from '../../parts/badge.js';
import { nameOf, useSchedules } from '../../parts/directory.js';
import { Moment } from '../../parts/moment.js';
import { Empty } from '../../parts/notice.js';
import { to } from '../../routing/route.js';
import { reasonOf } from '../../words/reasons.js';

const SHOWN = 8;

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

/** What waits, and what stops it. */
export function QueueView({ queue }: { readonly queue: Queue }) {
  const open = queue.open.toSorted(order);
  const shown = open.slice(0, SHOWN);
  const schedules = useSchedules(shown.map(({ schedule }) => schedule));
  const stopped = queue.providers.filter((provider) => provider.stopped !== undefined);
  return (
    <>
      <p class="lead">
        <b>{queue.running}</b> of {queue.capacity} places taken
      </p>
      {stopped.map(({ provider, waiting, stopped: why = '' }) => (
        <p key={provider} class="notice warn">
          <b>{provider}</b>: {waiting} waiting, because {reasonOf(why)}.
        </p>
      ))}
      {open.length === 0 ? (
        <Empty title="Nothing waits">What is due starts at once.</Empty>
      ) : (
        <ul class="lines">
          {shown.map((run) => {
            const schedule = schedules.get(run.schedule);
            return (
              <Entry
                key={run.run}
                run={run}
                name={
                  schedule === undefined || schedule === null
                    ? `${run.user}’s ${run.provider}`
                    : nameOf(schedule)
                }
              />
            );
          })}
        </ul>
      )}
      {open.length > SHOWN && (
        <a href={to('runs', { status: 'queued,buffered,retrying,snoozed,running' })}>
          and {open.length - SHOWN} more
        </a>
      )}
    </>
  );
}
