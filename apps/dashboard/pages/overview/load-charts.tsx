import type { Bucket, Statistics, Stats } from '../../api/numbers.js';
import { Bars, type Bar } from '../../parts/bars.js';
import { Empty } from '../../parts/notice.js';
import { count, length, percent } from '../../words/amounts.js';
import { hourOf } from '../../words/time.js';

const HOUR = 3_600_000;
const HOURS = 24;

type Given = { readonly from: string; readonly statistics: Statistics; readonly stats: Stats | undefined };

/** Every hour of the day, those in which nothing happened too. */
function hourly(
  from: string,
  items: readonly Bucket[],
  segments: (of: Bucket | undefined) => Bar['segments'],
) {
  const found = new Map(items.map((bucket) => [Date.parse(bucket.start), bucket]));
  return Array.from({ length: HOURS }, (_, index): Bar => {
    const start = Date.parse(from) + index * HOUR;
    return { label: hourOf(new Date(start).toISOString()), segments: segments(found.get(start)) };
  });
}

const nothing = <Empty title="Nothing has run in this time">What runs shows up here within seconds.</Empty>;

export function RunsChart({ from, statistics: { items }, stats }: Given) {
  if (items.length === 0) return nothing;
  const bars = hourly(from, items, (of) => [
    { tone: 'good', value: of?.succeeded ?? 0 },
    { tone: 'bad', value: of?.abandoned ?? 0 },
  ]);
  const measures = stats?.last24Hours;
  return (
    <>
      <p class="lead">
        <b>{percent(measures?.successRate ?? null)}</b> succeeded
        <span class="key good">succeeded</span>
        <span class="key bad">given up</span>
      </p>
      <Bars title="Runs" names={['succeeded', 'given up']} bars={bars} shown={count} stacked />
    </>
  );
}

export function LatenessChart({ from, statistics: { items }, stats }: Given) {
  if (items.length === 0) return nothing;
  const bars = hourly(from, items, (of) => [
    { tone: 'plain', value: of?.lateness.p99 ?? 0 },
    { tone: 'busy', value: of?.lateness.p50 ?? 0 },
  ]);
  const lateness = stats?.last24Hours.lateness;
  return (
    <>
      <p class="lead" title="From the moment a run was due to its first start">
        <b>{length(lateness?.p99)}</b> or less for 99 of 100 runs
        <span class="key busy">half of them</span>
        <span class="key plain">99 of 100</span>
      </p>
      <Bars
        title="Lateness"
        names={['99 of 100', 'half of them']}
        bars={bars}
        shown={length}
        stacked={false}
      />
    </>
  );
}
