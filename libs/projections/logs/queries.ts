import type { Instant, Millis } from '#lib/domain/kernel';
import type { Trigger } from '#lib/domain/schedule';
import { codecOf } from '../store/codec.js';
import { Conditions, limitOf, pageOf, placeOf, type Page, type Paging } from '../store/paging.js';
import { selectList } from '../store/table.js';
import { endedUnluckily, hasEnded, logTable, unlucky, type LogRow, type LogStatus } from './table.js';
import type { Source } from '../store/reading.js';

export type RunFilter = {
  readonly schedule?: string | undefined;
  readonly user?: string | undefined;
  readonly provider?: string | undefined;
  readonly connection?: string | undefined;
  /** Default: all, skipped and missed occurrences included. */
  readonly status?: LogStatus | readonly LogStatus[] | undefined;
  readonly trigger?: Trigger | undefined;
  /** Nominal time, from inclusive, to exclusive. */
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  readonly minLatenessMs?: Millis | undefined;
};

const select = `SELECT ${selectList(logTable)} FROM sync_schedule_logs`;

/** Open runs that are looked up one by one; of more, a page is full before many others were passed. */
const FEW = 1_000;

function conditionsOf(
  tenant: string,
  filter: RunFilter,
  { status, few }: { readonly status?: LogStatus; readonly few?: boolean } = {},
): Conditions {
  const { connection, from, to, minLatenessMs } = filter;
  const where = new Conditions();
  // The index of the tenant is in time's order, and would be walked for them: the sign hides it.
  if (few === true) where.and('+tenant = ?', tenant).and('run IN (SELECT run FROM open_runs)');
  else where.equal('tenant', tenant);
  // The condition of the partial index, in its own words: only then is it used.
  if (status !== undefined && unlucky.has(status)) where.and(endedUnluckily);
  where.oneOf('status', status === undefined ? statusesOf(filter) : [status]);
  where
    .equal('schedule', filter.schedule)
    .equal('user', filter.user)
    .equal('provider', filter.provider)
    .equal('trigger', filter.trigger);
  // A connection has few schedules, and a schedule never changes its connection: no index of its own.
  if (connection !== undefined)
    where.and(
      'schedule IN (SELECT id FROM sync_schedules WHERE tenant = ? AND connection = ?)',
      tenant,
      connection,
    );
  if (from !== undefined) where.and('nominal >= ?', from);
  if (to !== undefined) where.and('nominal < ?', to);
  if (minLatenessMs !== undefined) where.and('lateness_ms >= ?', minLatenessMs);
  return where;
}

const statusesOf = ({ status }: RunFilter): readonly LogStatus[] =>
  typeof status === 'string' ? [status] : [...new Set(status)];

export function logQueries(db: Source) {
  const codec = codecOf(logTable);
  const few = (): boolean => {
    const found = db.prepare('SELECT count(*) AS n FROM (SELECT 1 FROM open_runs LIMIT ?)').get(FEW + 1);
    return Number(found?.['n']) <= FEW;
  };
  /** One for each status: every one of them by the way that is short for it. */
  const waysTo = (tenant: string, filter: RunFilter): readonly Conditions[] => {
    const { schedule, user, connection } = filter;
    // What these have is little, whatever its status.
    const narrow = schedule ?? user ?? connection;
    const statuses = narrow === undefined ? statusesOf(filter) : [];
    if (statuses.length === 0) return [conditionsOf(tenant, filter)];
    return statuses.map((status) =>
      conditionsOf(tenant, filter, { status, few: !hasEnded(status) && few() }),
    );
  };
  return {
    /** Newest nominal time first. */
    runs(tenant: string, filter: RunFilter = {}, paging: Paging = {}): Page<LogRow> {
      const ways = waysTo(tenant, filter);
      const limit = limitOf(paging);
      const order = 'ORDER BY nominal DESC, seq DESC LIMIT ?';
      const each = ways.map((where) => {
        if (paging.cursor !== undefined)
          where.and('(nominal, seq) < (?, ?)', ...placeOf('runs', paging.cursor));
        return {
          sql: `SELECT * FROM (${select} WHERE ${where.sql} ${order})`,
          values: [...where.values, limit + 1],
        };
      });
      const found = db
        .prepare(`${each.map(({ sql }) => sql).join(' UNION ALL ')} ${order}`)
        .all(...each.flatMap(({ values }) => values), limit + 1);
      return pageOf('runs', found.map(codec.decode), limit, ({ nominal, seq }) => [nominal, seq]);
    },
    run(tenant: string, run: string): LogRow | undefined {
      const found = db.prepare(`${select} WHERE run = ? AND tenant = ?`).get(run, tenant);
      return found === undefined ? undefined : codec.decode(found);
    },
  };
}
