import type { Instant, Millis } from '#lib/domain/kernel';
import type { Trigger } from '#lib/domain/schedule';
import { codecOf } from '../store/codec.js';
import { Conditions, limitOf, pageOf, placeOf, type Page, type Paging } from '../store/paging.js';
import { selectList } from '../store/table.js';
import { logTable, type LogRow, type LogStatus } from './table.js';
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

function conditionsOf(tenant: string, filter: RunFilter): Conditions {
  const { status, connection, from, to, minLatenessMs } = filter;
  const where = new Conditions()
    .equal('tenant', tenant)
    .equal('schedule', filter.schedule)
    .equal('user', filter.user)
    .equal('provider', filter.provider)
    .equal('trigger', filter.trigger)
    .oneOf('status', typeof status === 'string' ? [status] : status);
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

export function logQueries(db: Source) {
  const codec = codecOf(logTable);
  return {
    /** Newest nominal time first. */
    runs(tenant: string, filter: RunFilter = {}, paging: Paging = {}): Page<LogRow> {
      const where = conditionsOf(tenant, filter);
      if (paging.cursor !== undefined) where.and('(nominal, seq) < (?, ?)', ...placeOf(paging.cursor));
      const limit = limitOf(paging);
      const found = db
        .prepare(`${select} WHERE ${where.sql} ORDER BY nominal DESC, seq DESC LIMIT ?`)
        .all(...where.values, limit + 1);
      return pageOf(found.map(codec.decode), limit, ({ nominal, seq }) => [nominal, seq]);
    },
    run(tenant: string, run: string): LogRow | undefined {
      const found = db.prepare(`${select} WHERE run = ? AND tenant = ?`).get(run, tenant);
      return found === undefined ? undefined : codec.decode(found);
    },
  };
}
