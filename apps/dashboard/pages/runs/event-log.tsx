import type { Happening } from '../../api/shapes.js';
import { Moment } from '../../parts/moment.js';
import { Empty } from '../../parts/notice.js';
import { tell } from '../../words/events.js';

/** `saga:timing` as `timing`, `executor:local-1` as `local-1`; a person’s request is by `api`. */
const by = (actor: string): string => actor.replace(/^(saga|executor):/, '');

export function EventLog({ events, zone }: { readonly events: readonly Happening[]; readonly zone: string | undefined }) {
  if (events.length === 0) return <Empty title="Nothing has happened yet" />;
  return (
    <ol class="lines log">
      {events.map((event) => {
        const { text, tone } = tell(event);
        return (
          <li key={event.id} class={tone}>
            <span class="when">
              <Moment at={event.at} zone={zone} />
            </span>
            <span class="dot" aria-hidden="true" />
            <span class="what" title={`${event.type}, position ${event.position}`}>
              {text}
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
