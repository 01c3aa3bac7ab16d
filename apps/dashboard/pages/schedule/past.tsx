import type { Happening, Page, Schedule } from '../../api/shapes.js';
import { search } from '../../api/client.js';
import { useAnswer } from '../../live/answer.js';
import { ofSchedule } from '../../live/changes.js';
import { Badge } from '../../parts/badge.js';
import { nameOf } from '../../parts/directory.js';
import { Moment } from '../../parts/moment.js';
import { Answered, Empty } from '../../parts/notice.js';
import { Facts, Heading, Panel } from '../../parts/panel.js';
import { to } from '../../routing/route.js';
import { reasonOf } from '../../words/reasons.js';
import { EventLog } from '../runs/event-log.js';
import { useAgain } from './again.js';
import { Definition } from './definition.js';

const EVENTS = 40;
/** What was does not change. */
const ofNothing = (): boolean => false;

/** What was to be said of it then, beside its definition. */
function Then({ schedule }: { readonly schedule: Schedule }) {
  const { pause, nextOccurrence: next, lastRun, recurrence } = schedule;
  const { zone } = recurrence;
  const moment = (at: string | undefined) => <Moment at={at} zone={zone} exact />;
  return (
    <Facts
      of={[
        ['Status', schedule.status],
        ...(pause === undefined
          ? []
          : ([
              ['Paused', moment(pause.at)],
              ['Because', reasonOf(pause.cause ?? '')],
              ...(pause.until === undefined ? [] : [['Until', moment(pause.until)] as const]),
              ...(pause.note === undefined ? [] : [['Note', pause.note] as const]),
            ] as const)),
        ['Due next', moment(next?.effective)],
        [
          'Last run',
          lastRun === undefined ? (
            'none yet'
          ) : (
            <a href={to(['runs', lastRun.id])}>{lastRun.status ?? 'not over yet'}</a>
          ),
        ],
        ['Created', moment(schedule.createdAt)],
        ['Changed', moment(schedule.updatedAt)],
      ]}
    />
  );
}

/** The schedule's log, of which each moment leads to the schedule as it was then; up to its `last` event, or to the end. */
export function LogPanel({
  id,
  zone,
  last,
}: {
  readonly id: string;
  readonly zone?: string | undefined;
  readonly last?: number;
}) {
  const range = search({ limit: EVENTS, before: last === undefined ? undefined : last + 1 });
  const place = `/v1/schedules/${encodeURIComponent(id)}/events${range}`;
  const events = useAnswer<Page<Happening>>(place, last === undefined ? ofSchedule(id) : ofNothing);
  const title = last === undefined ? 'Its log' : 'Its log until then';
  return (
    <Panel title={title} wide aside={<span class="faint">newest first</span>}>
      <Answered of={events}>
        {({ items }) => <EventLog events={items.toReversed()} zone={zone} linked schedule={id} />}
      </Answered>
    </Panel>
  );
}

/** Nothing can be done to it, but that it be so again. */
function Past({ schedule, at }: { readonly schedule: Schedule; readonly at: string }) {
  const { id, status, revision, recurrence } = schedule;
  const { button, refused } = useAgain(schedule);
  return (
    <>
      <Heading
        title={
          <>
            {nameOf(schedule)} <Badge status={status} />
          </>
        }
      >
        {button}
        <ToPresent id={id} />
      </Heading>
      {refused}
      <p class="notice">
        As of <Moment at={at} zone={recurrence.zone} exact />, by the events that there were then.
      </p>
      <div class="grid">
        <Panel title="Then">
          <Then schedule={schedule} />
        </Panel>
        <Panel title="Definition">
          <Definition schedule={schedule} />
        </Panel>
        <LogPanel id={id} zone={recurrence.zone} last={revision} />
      </div>
    </>
  );
}

const ToPresent = ({ id }: { readonly id: string }) => <a href={to(['schedules', id])}>As it is now</a>;

/** A schedule as whoever looked at it then saw it. */
export function PastSchedule({ id, at }: { readonly id: string; readonly at: string }) {
  const place = `/v1/schedules/${encodeURIComponent(id)}/as-of${search({ at })}`;
  const answer = useAnswer<Schedule>(place, ofNothing);
  if (answer.problem?.status === 404)
    return (
      <Empty title="There was no such schedule then">
        <ToPresent id={id} />
      </Empty>
    );
  return <Answered of={answer}>{(schedule) => <Past schedule={schedule} at={at} />}</Answered>;
}
