import { useRecent } from '../../live/recent.js';
import type { Happening } from '../../api/shapes.js';
import { nameOf, shortId, useSchedules } from '../../parts/directory.js';
import { Ago } from '../../parts/moment.js';
import { Empty } from '../../parts/notice.js';
import { to } from '../../routing/route.js';
import { connectionOf, scheduleOf, tell } from '../../words/events.js';

/** Where an event leads to: the run that it is of, its schedule, or its connection. */
function place(event: Happening, schedule: string | undefined): string | undefined {
  const { stream, data } = event;
  if (typeof data['run'] === 'string') return to(['runs', data['run']]);
  if (schedule !== undefined) return to(['schedules', schedule]);
  const connection = connectionOf(event);
  if (connection !== undefined) return to(['connections', connection]);
  return stream.startsWith('conflict-') ? to('conflicts') : undefined;
}

function Place({ of, name }: { readonly of: string | undefined; readonly name: string }) {
  return of === undefined ? <b>{name}</b> : <a href={of}>{name}</a>;
}

/** `provider-spotify` as `spotify`, `connection-default.ann-spotify` as `ann-spotify`. */
const ownerOf = (stream: string): string => shortId(stream.replace(/^[a-z]+-/, '').replace(/^default\./, ''));

/** The event stream, told in words. */
export function Activity() {
  const recent = useRecent();
  const known = useSchedules(recent.flatMap((event) => scheduleOf(event) ?? []));
  if (recent.length === 0)
    return <Empty title="Quiet so far">Everything that happens from now on is told here.</Empty>;
  return (
    <ol class="lines activity">
      {recent.map((event) => {
        const schedule = scheduleOf(event);
        const found = schedule === undefined ? undefined : known.get(schedule);
        const name = found === undefined || found === null ? ownerOf(event.stream) : nameOf(found);
        const { text, tone } = tell(event);
        return (
          <li key={event.id} class={tone}>
            <span class="dot" aria-hidden="true" />
            <span class="what">
              <Place of={place(event, schedule)} name={name} /> {text}
            </span>
            <span class="faint">
              <Ago at={event.at} />
            </span>
          </li>
        );
      })}
    </ol>
  );
}
