import { useState } from 'preact/hooks';
import { search } from '../../api/client.js';
import type { Forecast, Provider } from '../../api/numbers.js';
import type { Page, Schedule } from '../../api/shapes.js';
import { useAnswer } from '../../live/answer.js';
import { CALM, ofType } from '../../live/changes.js';
import { Bars, type Bar } from '../../parts/bars.js';
import { ChoiceFilter } from '../../parts/filters.js';
import { Moment } from '../../parts/moment.js';
import { Answered, Empty } from '../../parts/notice.js';
import { Panel } from '../../parts/panel.js';
import { count, length } from '../../words/amounts.js';
import { hourOf } from '../../words/time.js';

const SLOTS_PER_HOUR = 4;

/** Hours of the forecast's quarters: what is due in each, and what of it waits at its end. */
function hourly({ slots }: Forecast): readonly Bar[] {
  const hours = Math.ceil(slots.length / SLOTS_PER_HOUR);
  return Array.from({ length: hours }, (_, hour): Bar => {
    const quarters = slots.slice(hour * SLOTS_PER_HOUR, (hour + 1) * SLOTS_PER_HOUR);
    const due = quarters.reduce((sum, slot) => sum + slot.due, 0);
    return {
      label: hourOf(quarters[0]?.at ?? ''),
      segments: [
        { tone: 'busy', value: due },
        { tone: 'bad', value: quarters.at(-1)?.waiting ?? 0 },
      ],
    };
  });
}

const whole = (value: number): string => count(Math.round(value));

function Bound({ of: { capacity } }: { readonly of: Forecast }) {
  if (capacity === null)
    return <>Nothing tells yet how fast they may start: no rate is set, and no run has ended.</>;
  return (
    <>
      {capacity.by === 'rate' ? 'Its rate allows' : 'Its places allow'} {whole(capacity.startsPerHour)} starts
      an hour.
    </>
  );
}

function Outlook({ of }: { readonly of: Forecast }) {
  const { peak, calm, due } = of;
  if (due < 0.5) return <Empty title="Nothing is due in the next day" />;
  return (
    <>
      <p class="lead">
        <b>{whole(due)}</b> due in the next day
        <span class="key busy">due</span>
        <span class="key bad">waiting at the hour’s end</span>
      </p>
      <p class={peak === null ? 'faint' : 'warn'}>
        <Bound of={of} />{' '}
        {peak === null ? (
          'All of them start in time.'
        ) : (
          <>
            From <Moment at={of.crowdedFrom ?? undefined} /> on more is due than may start: up to{' '}
            {length(peak.lateMs)} late.
          </>
        )}{' '}
        {calm.length > 0 && (
          <>
            There is room at{' '}
            {calm.map((at, index) => (
              <>
                {index > 0 && ' · '}
                <Moment key={at} at={at} />
              </>
            ))}
            .
          </>
        )}
      </p>
      <Bars title="Due" names={['due', 'waiting']} bars={hourly(of)} shown={whole} stacked={false} />
    </>
  );
}

const ofLoad = ofType(/^(Schedule(Created|Updated|Paused|Resumed|Deleted|Completed)|ProviderLimitsChanged)/);

function OfProvider({ id }: { readonly id: string }) {
  const path = `/v1/providers/${encodeURIComponent(id)}/forecast${search({ hours: 24 })}`;
  const answer = useAnswer<Forecast>(path, ofLoad, CALM);
  return <Answered of={answer}>{(forecast) => <Outlook of={forecast} />}</Answered>;
}

/** What a provider will be asked for in the next day, and how late its limits let it start. */
export function ForecastPanel({ first }: { readonly first: string | undefined }) {
  const providers = useAnswer<Page<Provider>>('/v1/providers', ofType(/^Provider/), CALM);
  const [chosen, setChosen] = useState<string>();
  const known = providers.data?.items ?? [];
  const any = useAnswer<Page<Schedule>>(
    `/v1/schedules${search({ status: 'active', limit: 1 })}`,
    ofLoad,
    CALM,
  );
  const id = chosen ?? first ?? any.data?.items[0]?.provider;
  const choices = known.map(({ id, name }) => [id, name] as const);
  return (
    <Panel
      title="What comes"
      wide
      aside={
        <ChoiceFilter
          name="provider"
          label="Provider"
          value={id}
          choices={choices}
          set={(_, value) => setChosen(value)}
        />
      }
    >
      {id === undefined ? <Empty title="No schedule is active" /> : <OfProvider key={id} id={id} />}
    </Panel>
  );
}
