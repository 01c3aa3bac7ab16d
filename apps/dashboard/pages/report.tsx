import { search } from '../api/client.js';
import type { Report } from '../api/numbers.js';
import { useAnswer } from '../live/answer.js';
import { CALM, ofType } from '../live/changes.js';
import { ChoiceFilter, Filters } from '../parts/filters.js';
import { Answered } from '../parts/notice.js';
import { Figure, Heading, Panel } from '../parts/panel.js';
import { Moment } from '../parts/moment.js';
import { replace, to } from '../routing/route.js';
import { count, counted, length, percent } from '../words/amounts.js';
import { ForecastPanel } from './report/forecast.js';
import { ByProvider, ByUser, Failures, Reasons, Slowest } from './report/tables.js';

type Query = Readonly<Record<string, string>>;

const DAY = 86_400_000;
const spans = [
  ['1', 'Last day'],
  ['', 'Last 7 days'],
  ['30', 'Last 30 days'],
  ['90', 'Last 90 days'],
  ['range', 'From … to'],
] as const;

/** Whole hours, so that the question stays the same while somebody reads the answer. */
const startOf = (days: number): string =>
  new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 - days * DAY).toISOString();

/** The service takes days as they are in UTC: its counters are by the hour there. */
const midnight = (date: string | undefined): string | undefined =>
  date !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(date) ? `${date}T00:00:00Z` : undefined;

function periodOf({ days = '7', from, to: end }: Query): Readonly<Record<string, string | undefined>> {
  if (days === 'range') return { from: midnight(from), to: midnight(end) };
  return { from: startOf(Math.min(366, Math.max(1, Number(days) || 7))) };
}

function DateField({
  label,
  value,
  set,
}: {
  readonly label: string;
  readonly value: string;
  readonly set: (value: string) => void;
}) {
  return (
    <label>
      <span>{label}</span>
      <input type="date" value={value} onChange={(event) => set(event.currentTarget.value)} />
    </label>
  );
}

function Period({ query }: { readonly query: Query }) {
  const set = (name: string, value: string): void => replace(to('report', { ...query, [name]: value }));
  return (
    <Filters>
      <ChoiceFilter name="days" label="Period" value={query['days']} choices={spans} set={set} />
      {query['days'] === 'range' && (
        <>
          <DateField label="From (UTC)" value={query['from'] ?? ''} set={(value) => set('from', value)} />
          <DateField
            label="To (UTC), not included"
            value={query['to'] ?? ''}
            set={(value) => set('to', value)}
          />
        </>
      )}
    </Filters>
  );
}

function Tables({ report }: { readonly report: Report }) {
  return (
    <div class="grid">
      <ForecastPanel first={report.byProvider[0]?.provider} />
      <Panel title="By provider" wide>
        <ByProvider rows={report.byProvider} />
      </Panel>
      <Panel title="Failing now">
        <Failures rows={report.failing} />
      </Panel>
      <Panel title="Why runs did not happen">
        <Reasons report={report} />
      </Panel>
      <Panel title="Users with the most runs">
        <ByUser rows={report.byUser} />
      </Panel>
      <Panel title="Slowest schedules">
        <Slowest rows={report.slowest} />
      </Panel>
    </div>
  );
}

function Content({ report }: { readonly report: Report }) {
  const { totals, conflicts } = report;
  return (
    <>
      <p class="faint spaced">
        From <Moment at={report.from} zone="UTC" /> to <Moment at={report.to} zone="UTC" />, whole hours of
        UTC.
      </p>
      <div class="figures">
        <Figure
          label="Runs"
          value={count(totals.queued)}
          note={`${counted(totals.recordsWritten, 'record')} written`}
        />
        <Figure
          label="Success"
          value={percent(totals.successRate)}
          note={`${count(totals.succeeded)} succeeded · ${count(totals.abandoned)} given up`}
        />
        <Figure
          label="Retries"
          value={count(totals.retries)}
          note={`${counted(totals.snoozed, 'time')} put off`}
        />
        <Figure
          label="Did not run"
          value={count(totals.skipped + totals.missed)}
          note={`${count(totals.skipped)} skipped · ${count(totals.missed)} missed`}
        />
        <Figure
          label="Late, 99 of 100"
          value={length(totals.lateness.p99)}
          note={`half of them ${length(totals.lateness.p50)} or less`}
        />
        <Figure
          label="Conflicts"
          value={count(conflicts.open)}
          note={`${count(conflicts.opened)} opened · ${count(conflicts.resolved)} resolved`}
        />
      </div>
      <Tables report={report} />
    </>
  );
}

export function ReportPage({ query }: { readonly query: Query }) {
  const answer = useAnswer<Report>(
    `/v1/report${search(periodOf(query))}`,
    ofType(/^(Run|Occurrence|Conflict)/),
    CALM,
  );
  return (
    <>
      <Heading title="Report" />
      <Period query={query} />
      <Answered of={answer}>{(report) => <Content report={report} />}</Answered>
    </>
  );
}
