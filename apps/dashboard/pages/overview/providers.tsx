import { useState } from 'preact/hooks';
import { pauseProvider, resumeProvider } from '../../api/commands.js';
import type { Provider } from '../../api/numbers.js';
import { Mark } from '../../parts/badge.js';
import { Moment } from '../../parts/moment.js';
import { OutcomeList, useOutcomes } from '../../parts/outcomes.js';
import { PauseDialog } from '../../parts/pause-dialog.js';
import { Table, type Column } from '../../parts/table.js';
import { reasonOf } from '../../words/reasons.js';
import { span } from '../../words/time.js';

function State({ provider: { circuit, pause, stopped } }: { readonly provider: Provider }) {
  if (pause !== undefined)
    return (
      <>
        <Mark word="paused" tone="warn" hint={reasonOf(pause.cause ?? 'request')} />
        {pause.note !== undefined && <small>{pause.note}</small>}
        {pause.until !== undefined && (
          <small>
            until <Moment at={pause.until} />
          </small>
        )}
      </>
    );
  if (circuit.status !== 'closed')
    return (
      <>
        <Mark
          word="breaker open"
          tone="bad"
          hint="Too many failures in a row: it waits, then tries one run"
        />
        <small>
          until <Moment at={circuit.until} />
        </small>
      </>
    );
  if (stopped !== undefined) return <Mark word="held" tone="warn" hint={reasonOf(stopped)} />;
  return <Mark word="served" tone="good" hint="Runs start; its breaker is closed" />;
}

const limitsOf = ({ limits: { concurrency, userConcurrency, rate } }: Provider): string =>
  [
    `${concurrency} at once`,
    `${userConcurrency} a user`,
    ...(rate === undefined ? [] : [`${rate.starts} starts in ${span(rate.per)}`]),
  ].join(' · ');

const columns = (
  pause: (provider: Provider) => void,
  resume: (provider: Provider) => void,
): readonly Column<Provider>[] => [
  { title: 'Provider', cell: ({ name }) => <span class="free">{name}</span> },
  { title: 'State', cell: (provider) => <State provider={provider} /> },
  { title: 'Running', numeric: true, cell: ({ running }) => running },
  { title: 'Waiting', numeric: true, cell: ({ waiting }) => waiting },
  { title: 'Limits', cell: limitsOf },
  {
    title: 'Breaker',
    cell: ({ limits: { breaker } }) => `opens after ${breaker.failures} failures for ${span(breaker.open)}`,
  },
  {
    title: 'Actions',
    quiet: true,
    cell: (provider) =>
      provider.pause === undefined ? (
        <button type="button" onClick={() => pause(provider)} aria-label={`Pause ${provider.name}`}>
          Pause
        </button>
      ) : (
        <button type="button" onClick={() => resume(provider)} aria-label={`Resume ${provider.name}`}>
          Resume
        </button>
      ),
  },
];

/** What each provider allows, and whether it is served. */
export function Providers({
  items,
  reload,
}: {
  readonly items: readonly Provider[];
  readonly reload: () => void;
}) {
  const { outcomes, run, dismiss } = useOutcomes();
  const [pausing, setPausing] = useState<Provider>();
  const act = (what: string, item: Provider, command: () => Promise<unknown>): void =>
    void run(what, [item], command).then(reload);
  const resume = (provider: Provider): void => act('Resume', provider, () => resumeProvider(provider.id));
  return (
    <>
      <OutcomeList outcomes={outcomes} dismiss={dismiss} />
      {pausing !== undefined && (
        <PauseDialog
          title={`Pause ${pausing.name}?`}
          about="What runs there goes on; nothing more starts until it is resumed."
          onConfirm={(given) => act('Pause', pausing, () => pauseProvider(pausing.id, given))}
          onClose={() => setPausing(undefined)}
        />
      )}
      <Table caption="Providers" rows={items} idOf={({ id }) => id} columns={columns(setPausing, resume)} />
    </>
  );
}
