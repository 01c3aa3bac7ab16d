import type { Happening } from '../../api/shapes.js';
import { Moment } from '../../parts/moment.js';
import { Empty } from '../../parts/notice.js';
import { to } from '../../routing/route.js';
import { tell } from '../../words/events.js';

/** `saga:timing` as `timing`, `executor:local-1` as `local-1`; a person’s request is by `api`. */
const by = (actor: string): string => actor.replace(/^(saga|executor):/, '');

/** Between runs these are all that there is to see, and say nothing. */
const QUIET = new Set(['RunCheckpointed']);

type Given = {
  readonly events: readonly Happening[];
  readonly zone: string | undefined;
  /** Each leads to the run that it is of, or the schedule that it names. */
  readonly linked?: boolean;
  /** Whose log it is: each moment leads to that schedule as it was then. */
  readonly schedule?: string;
};

function placeOf({ data: { run, schedule } }: Happening): string | undefined {
  if (typeof run === 'string') return to(['runs', run]);
  return typeof schedule === 'string' ? to(['schedules', schedule]) : undefined;
}

export function EventLog({ events, zone, linked = false, schedule }: Given) {
  const shown = events.filter(({ type }) => !QUIET.has(type));
  if (shown.length === 0) return <Empty title="Nothing has happened yet" />;
  return (
    <ol class="lines log">
      {shown.map((event) => {
        const { text, tone } = tell(event);
        const place = linked ? placeOf(event) : undefined;
        const moment = <Moment at={event.at} zone={zone} exact />;
        return (
          <li key={event.id} class={tone}>
            <span class="when">
              {schedule === undefined ? (
                moment
              ) : (
                <a href={to(['schedules', schedule], { at: event.at })}>{moment}</a>
              )}
            </span>
            <span class="dot" aria-hidden="true" />
            <span class="what" title={`${event.type}, position ${event.position}`}>
              {place === undefined ? text : <a href={place}>{text}</a>}
            </span>
            <span class="faint by" title="Who decided it">
              {by(event.actor)}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
