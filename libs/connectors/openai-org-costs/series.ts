import type { z } from 'zod';
import type { SyncRecord } from '#lib/ports';
import { ConnectorError, throwIfCancelled } from '../kit/index.js';
import type { Bucket, Page } from './answers.js';
import type { Ask, Query } from './client.js';
import { digest, type Mark } from './state.js';

/** Seconds: OpenAI's buckets begin at midnight UTC. */
export const DAY_SECONDS = 86_400;
/** Pages of one run. Ten years of usage are 120; more is a provider that turns in circles. */
const MAX_PAGES = 1_000;

export type Span = {
  /** Where a first read begins. */
  readonly since: number;
  /** Midnight of the day on which the run began. */
  readonly today: number;
  readonly lagDays: number;
};

/** One endpoint, in buckets of a day. */
export type Series<Result> = {
  readonly path: string;
  readonly query: Query;
  readonly schema: z.ZodType<Page<Result>>;
  records(bucket: Bucket<Result>): readonly SyncRecord[];
};

export type Told =
  { readonly kind: 'record'; readonly record: SyncRecord } | { readonly kind: 'mark'; readonly mark: Mark };

/**
 * Reads a series page by page, with a state after each. Without a mark that is everything since the first day; with
 * one it goes on there, and says of buckets that were read before only those that have changed. What is younger than
 * the lag stays in front of the mark, so that it is read again: late costs change it. A run that died in the middle
 * thereby goes on with the first bucket that it had not stored.
 */
export async function* readSeries<Result>(
  ask: Ask,
  series: Series<Result>,
  span: Span,
  before: Mark | undefined,
  signal: AbortSignal,
): AsyncGenerator<Told> {
  const settled = span.today - span.lagDays * DAY_SECONDS;
  const since = Math.min(span.since, before?.from ?? span.since);
  const start = Math.max(since, Math.min(before?.from ?? since, settled));
  const end = span.today + DAY_SECONDS;
  let [seen, page]: [Mark['seen'], string | undefined] = [before?.seen ?? {}, undefined];
  let reached = start;
  for (let count = 0; count < MAX_PAGES; count++) {
    throwIfCancelled(signal);
    const range = { start_time: String(start), end_time: String(end), page };
    const answer: Page<Result> = await ask(series.path, { ...series.query, ...range }, series.schema);
    for (const bucket of inOrder(answer, reached)) {
      reached = bucket.end_time;
      const [name, told] = [String(bucket.start_time), digest(bucket)];
      if (seen[name] !== told) {
        for (const record of series.records(bucket)) yield { kind: 'record', record };
      }
      seen = { ...seen, [name]: told };
    }
    page = nextPage(answer, page);
    const from = Math.min(page === undefined ? end : reached, Math.max(settled, since));
    seen = Object.fromEntries(Object.entries(seen).filter(([name]) => Number(name) >= from));
    yield { kind: 'mark', mark: { from, seen } };
    if (page === undefined) return;
  }
  throw drift(`${series.path} never comes to an end`);
}

/** A page's buckets, oldest first. What goes back behind the page before would leave a hole where a run dies. */
function inOrder<Result>({ data }: Page<Result>, reached: number): readonly Bucket<Result>[] {
  const ascending = data.toSorted((a, b) => a.start_time - b.start_time);
  const broken = ascending.some(
    (bucket, at) =>
      bucket.start_time < (ascending[at - 1]?.end_time ?? reached) || bucket.end_time <= bucket.start_time,
  );
  if (broken) throw drift('buckets overlap or come out of order');
  return ascending;
}

function nextPage({ has_more, next_page }: Page<unknown>, current: string | undefined): string | undefined {
  if (!has_more) return undefined;
  if (typeof next_page !== 'string') throw drift('has_more is said without next_page');
  if (next_page === current) throw drift('a page names itself as the next one');
  return next_page;
}

const drift = (what: string): ConnectorError =>
  new ConnectorError('SCHEMA_DRIFT', `OpenAI changed how it pages: ${what}`, { code: 'paging' });
