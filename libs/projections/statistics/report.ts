import type { SQLInputValue } from 'node:sqlite';
import type { Instant, Millis } from '#lib/domain/kernel';
import { covered, measure, readBuckets, type Measures } from './queries.js';
import type { Source } from '../store/reading.js';

export type ScheduleMention = {
  readonly schedule: string;
  readonly name: string | null;
  readonly user: string;
  readonly provider: string;
};
export type Slow = ScheduleMention & {
  readonly meanMs: Millis;
  readonly maxMs: Millis;
  readonly runs: number;
};
export type Failing = ScheduleMention & {
  readonly consecutiveFailures: number;
  readonly lastRunAt: Instant | null;
};

/** What happened between two instants, for one tenant. */
export type Report = {
  /** Whole hours (UTC): what the counters cover. Slow schedules are judged by whole days. */
  readonly from: Instant;
  readonly to: Instant;
  readonly totals: Measures;
  readonly byProvider: readonly (Measures & { readonly provider: string })[];
  /** The ten users with the most runs. */
  readonly byUser: readonly {
    readonly user: string;
    readonly queued: number;
    readonly succeeded: number;
    readonly abandoned: number;
  }[];
  readonly skipReasons: Readonly<Record<string, number>>;
  readonly missReasons: Readonly<Record<string, number>>;
  /** Runs given up, by the class of their last error. */
  readonly errors: Readonly<Record<string, number>>;
  readonly slowest: readonly Slow[];
  /** Given up in a row, up to now. */
  readonly failing: readonly Failing[];
  readonly conflicts: { readonly opened: number; readonly resolved: number; readonly open: number };
};

const TOP = 10;

type Select = (
  sql: string,
  ...values: readonly SQLInputValue[]
) => readonly Readonly<Record<string, unknown>>[];

const record = (rows: readonly Readonly<Record<string, unknown>>[]): Readonly<Record<string, number>> =>
  Object.fromEntries(rows.map((row) => [String(row['key'] ?? 'unknown'), Number(row['n'])]));

function byProvider(db: Source, tenant: string, from: Instant, to: Instant): Report['byProvider'] {
  const rows = readBuckets(db, tenant, { from, to, bucket: 'hour', scope: 'provider' });
  const grouped = Map.groupBy(rows, (row) => row.subject);
  return [...grouped]
    .map(([provider, of]) => ({ provider, ...measure(of) }))
    .sort((a, b) => b.queued - a.queued || (a.provider < b.provider ? -1 : 1));
}

const byUser = (select: Select, tenant: string, from: Instant, to: Instant): Report['byUser'] =>
  select(
    `SELECT subject AS user, sum(queued) AS queued, sum(succeeded) AS succeeded, sum(abandoned) AS abandoned FROM sync_statistics
     WHERE tenant = ? AND bucket = 'hour' AND scope = 'user' AND start >= ? AND start < ?
     GROUP BY subject ORDER BY queued DESC, subject LIMIT ${TOP}`,
    tenant,
    from,
    to,
  ) as unknown as Report['byUser'];

function slowest(select: Select, tenant: string, from: Instant, to: Instant): readonly Slow[] {
  const days = covered('day', from, to);
  return select(
    `SELECT t.subject AS schedule, s.name, s.user, s.provider, sum(t.duration_sum_ms) * 1.0 / sum(t.succeeded) AS "meanMs",
       max(t.duration_max_ms) AS "maxMs", sum(t.succeeded) AS runs
     FROM sync_statistics t JOIN sync_schedules s ON s.id = t.subject
     WHERE t.tenant = ? AND t.bucket = 'day' AND t.scope = 'schedule' AND t.start >= ? AND t.start < ?
     GROUP BY t.subject HAVING sum(t.succeeded) > 0 ORDER BY "meanMs" DESC, t.subject LIMIT ${TOP}`,
    tenant,
    days.from,
    days.to,
  ) as unknown as readonly Slow[];
}

const failing = (select: Select, tenant: string): readonly Failing[] =>
  select(
    `SELECT s.id AS schedule, s.name, s.user, s.provider, a.consecutive_failures AS "consecutiveFailures", a.last_run_at AS "lastRunAt"
     FROM sync_schedule_activity a JOIN sync_schedules s ON s.id = a.schedule
     WHERE a.tenant = ? AND a.consecutive_failures > 0 AND s.status IN ('active', 'paused')
     ORDER BY a.consecutive_failures DESC, s.id LIMIT ${TOP}`,
    tenant,
  ) as unknown as readonly Failing[];

function conflicts(select: Select, tenant: string, from: Instant, to: Instant): Report['conflicts'] {
  const [row] = select(
    `SELECT sum(last_detected_at >= ?1 AND last_detected_at < ?2) AS opened, sum(resolved_at >= ?1 AND resolved_at < ?2) AS resolved,
       sum(status <> 'resolved') AS open FROM sync_schedule_conflicts WHERE tenant = ?3`,
    from,
    to,
    tenant,
  );
  return {
    opened: Number(row?.['opened'] ?? 0),
    resolved: Number(row?.['resolved'] ?? 0),
    open: Number(row?.['open'] ?? 0),
  };
}

export function reportQueries(db: Source) {
  const select: Select = (sql, ...values) =>
    db
      .prepare(sql)
      .all(...values)
      .map((row) => ({ ...row }));
  const ended = (
    tenant: string,
    status: string,
    key: string,
    amount: string,
    range: { from: Instant; to: Instant },
  ) =>
    record(
      select(
        // The condition of the partial index, in its own words: only then is it used.
        `SELECT ${key} AS key, sum(${amount}) AS n FROM sync_schedule_logs WHERE tenant = ? AND finished_at >= ? AND finished_at < ?
         AND status IN ('skipped', 'missed', 'abandoned') AND status = ? GROUP BY 1 ORDER BY 1`,
        tenant,
        range.from,
        range.to,
        status,
      ),
    );
  return {
    report(tenant: string, from: Instant, to: Instant): Report {
      const range = covered('hour', from, to);
      return {
        ...range,
        totals: measure(readBuckets(db, tenant, { ...range, bucket: 'hour' })),
        byProvider: byProvider(db, tenant, range.from, range.to),
        byUser: byUser(select, tenant, range.from, range.to),
        skipReasons: ended(tenant, 'skipped', 'reason', 'count', range),
        missReasons: ended(tenant, 'missed', 'reason', 'count', range),
        errors: ended(tenant, 'abandoned', 'error_class', '1', range),
        slowest: slowest(select, tenant, range.from, range.to),
        failing: failing(select, tenant),
        conflicts: conflicts(select, tenant, range.from, range.to),
      };
    },
  };
}
