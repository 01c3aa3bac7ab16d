import type { SQLInputValue } from 'node:sqlite';
import type { Instant, Millis } from '#lib/domain/kernel';
import { codecOf } from '../store/codec.js';
import { Conditions, limitOf, pageOf, placeOf, type Page, type Paging } from '../store/paging.js';
import { columnsOf, selectList, snakeCase } from '../store/table.js';
import {
  activityTable,
  scheduleTable,
  type ActivityRow,
  type ScheduleRow,
  type ScheduleStatus,
} from './table.js';
import type { Source } from '../store/reading.js';

/** A schedule as it is shown: its definition and lifecycle, what became of it, and when it next needs attention. */
export type ScheduleView = ScheduleRow &
  Omit<ActivityRow, 'schedule' | 'tenant'> & { readonly wakeAt: Instant | null };

export type ScheduleFilter = {
  /** By id. */
  readonly schedules?: readonly string[] | undefined;
  readonly user?: string | undefined;
  readonly connection?: string | undefined;
  readonly provider?: string | undefined;
  /** Default: all but deleted ones. */
  readonly status?: ScheduleStatus | readonly ScheduleStatus[] | undefined;
  readonly operation?: string | undefined;
  readonly frequency?: string | undefined;
  /** Part of the name, in any case. */
  readonly text?: string | undefined;
};

export type ScheduleCount = {
  readonly user: string;
  readonly provider: string;
  readonly active: number;
  readonly paused: number;
};

const activityColumns = columnsOf(activityTable).filter(([name]) => name !== 'schedule' && name !== 'tenant');

const select = `SELECT ${selectList(scheduleTable, 's')}, ${activityColumns.map(([name]) => `a.${snakeCase(name)} AS "${name}"`).join(', ')},
  w.wake_at AS "wakeAt" FROM sync_schedules s LEFT JOIN sync_schedule_activity a ON a.schedule = s.id LEFT JOIN wake_ups w ON w.schedule = s.id`;

const scheduleCodec = codecOf(scheduleTable);

function view(record: Readonly<Record<string, unknown>>): ScheduleView {
  const activity = Object.fromEntries(activityColumns.map(([name]) => [name, record[name] ?? null]));
  return {
    ...scheduleCodec.decode(record),
    ...(activity as Omit<ActivityRow, 'schedule' | 'tenant'>),
    wakeAt: (record['wakeAt'] as Instant | undefined) ?? null,
  };
}

const living: readonly ScheduleStatus[] = ['active', 'paused', 'completed'];

function conditionsOf(tenant: string, filter: ScheduleFilter): Conditions {
  const { status = living, text } = filter;
  const where = new Conditions()
    .equal('s.tenant', tenant)
    .equal('s.user', filter.user)
    .equal('s.connection', filter.connection)
    .equal('s.provider', filter.provider)
    .equal('s.operation', filter.operation)
    .equal('s.frequency', filter.frequency)
    .oneOf('s.id', filter.schedules)
    .oneOf('s.status', typeof status === 'string' ? [status] : status);
  if (text !== undefined && text !== '') where.and('instr(lower(s.name), lower(?)) > 0', text);
  return where;
}

/** How many runs the usual duration is taken from. */
const RECENT_RUNS = 20;

export function scheduleQueries(db: Source) {
  const all = (sql: string, values: readonly SQLInputValue[]) => db.prepare(sql).all(...values);
  return {
    /** Oldest first; a page does not shift when schedules are added. */
    schedules(tenant: string, filter: ScheduleFilter = {}, paging: Paging = {}): Page<ScheduleView> {
      const where = conditionsOf(tenant, filter);
      if (paging.cursor !== undefined)
        where.and('(s.created_at, s.id) > (?, ?)', ...placeOf('schedules', paging.cursor));
      const limit = limitOf(paging);
      const found = all(`${select} WHERE ${where.sql} ORDER BY s.created_at, s.id LIMIT ?`, [
        ...where.values,
        limit + 1,
      ]);
      return pageOf('schedules', found.map(view), limit, ({ createdAt, id }) => [createdAt, id]);
    },
    /** Deleted ones included. */
    schedule(tenant: string, id: string): ScheduleView | undefined {
      const [found] = all(`${select} WHERE s.id = ? AND s.tenant = ?`, [id, tenant]);
      return found === undefined ? undefined : view(found);
    },
    /** Schedules that count towards a user's quota: active and paused ones. */
    countSchedules(tenant: string, user: string, provider?: string): number {
      const where = new Conditions()
        .equal('tenant', tenant)
        .equal('user', user)
        .equal('provider', provider)
        .oneOf('status', ['active', 'paused']);
      return Number(
        all(`SELECT count(*) AS n FROM sync_schedules WHERE ${where.sql}`, where.values)[0]?.['n'] ?? 0,
      );
    },
    scheduleCounts(
      tenant: string,
      filter: { readonly user?: string; readonly provider?: string } = {},
    ): readonly ScheduleCount[] {
      const where = new Conditions()
        .equal('tenant', tenant)
        .equal('user', filter.user)
        .equal('provider', filter.provider);
      const found = all(
        `SELECT user, provider, sum(status = 'active') AS active, sum(status = 'paused') AS paused FROM sync_schedules
         WHERE ${where.oneOf('status', ['active', 'paused']).sql} GROUP BY user, provider ORDER BY user, provider`,
        where.values,
      );
      return found.map((row) => ({ ...row }) as unknown as ScheduleCount);
    },
    /** How long a run of the schedule usually takes: the median of its last successes. */
    observedDuration(schedule: string): Millis | undefined {
      const found = all(
        `SELECT duration_ms AS ms FROM (SELECT duration_ms FROM sync_schedule_logs WHERE schedule = ? AND status = 'succeeded'
           ORDER BY nominal DESC, seq DESC LIMIT ${RECENT_RUNS}) ORDER BY ms`,
        [schedule],
      );
      return found[Math.floor(found.length / 2)]?.['ms'] as Millis | undefined;
    },
  };
}
