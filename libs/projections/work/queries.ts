import type { Instant } from '#lib/domain/kernel';
import type { Priority } from '#lib/domain/schedule';
import type { AttemptEntry } from '../logs/table.js';
import { codecOf } from '../store/codec.js';
import { selectList } from '../store/table.js';
import { openRunTable, type OpenRunRow, type WakeUpRow } from './table.js';
import type { Source } from '../store/reading.js';

/** An open run as dispatch and the lease watch take it. */
export type OpenRunView = {
  readonly run: string;
  readonly schedule: string;
  readonly tenant: string;
  readonly user: string;
  readonly connection: string;
  readonly provider: string;
  readonly priority: Priority;
  readonly operation: OpenRunRow['operation'];
  readonly trigger: OpenRunRow['trigger'];
  readonly attempt: number;
  readonly nominal: Instant;
  readonly effective: Instant;
  readonly status: OpenRunRow['status'];
  /** When this attempt was queued; of a buffered run its effective time. */
  readonly queuedAt: Instant;
  readonly fence?: number;
  readonly executor?: string;
  readonly startedAt?: Instant;
  readonly deadline?: Instant;
  readonly resumeAt?: Instant;
  readonly cancelRequested: boolean;
};

function view(row: OpenRunRow): OpenRunView {
  const {
    seq: _,
    user,
    connection,
    provider,
    priority,
    queuedAt,
    fence,
    executor,
    startedAt,
    deadline,
    resumeAt,
    ...rest
  } = row;
  return {
    ...rest,
    user: user ?? '',
    connection: connection ?? '',
    provider: provider ?? '',
    priority: priority ?? 'normal',
    queuedAt: queuedAt ?? row.effective,
    ...(fence === null ? {} : { fence }),
    ...(executor === null ? {} : { executor }),
    ...(startedAt === null ? {} : { startedAt }),
    ...(deadline === null ? {} : { deadline }),
    ...(resumeAt === null ? {} : { resumeAt }),
  };
}

export function workQueries(db: Source) {
  const codec = codecOf(openRunTable);
  return {
    /** Wake-ups of all tenants before the horizon, earliest first; `after` is the last one of the page before. */
    wakeUpsBefore(
      horizon: Instant,
      limit: number,
      after?: { readonly wakeAt: Instant; readonly schedule: string },
    ): readonly WakeUpRow[] {
      const found = db
        .prepare(
          `SELECT schedule, tenant, wake_at AS "wakeAt" FROM wake_ups WHERE wake_at < ? AND (wake_at, schedule) > (?, ?)
           ORDER BY wake_at, schedule LIMIT ?`,
        )
        .all(horizon, after?.wakeAt ?? Number.MIN_SAFE_INTEGER, after?.schedule ?? '', limit);
      return found.map((row) => ({ ...row }) as unknown as WakeUpRow);
    },
    /**
     * When attempts with a provider started, from an instant on: the last so many, the oldest first. Each of the last `most`
     * starts is of one of the `most` runs that started last.
     */
    startsSince(provider: string, since: Instant, most: number): readonly Instant[] {
      const found = db.prepare(
        `SELECT attempt_log AS "attempts" FROM sync_schedule_logs WHERE provider = ? AND last_started_at >= ?
         ORDER BY last_started_at DESC LIMIT ?`,
      );
      return found
        .all(provider, since, most)
        .flatMap(({ attempts }) => JSON.parse(String(attempts)) as readonly AttemptEntry[])
        .map(([, startedAt]) => startedAt)
        .filter((at) => at >= since)
        .sort((a, b) => a - b)
        .slice(-most);
    },
    /** All tenants' when none is named; in the order in which they were decided, the first `most` of them (default: all). */
    openRuns(tenant?: string, most = -1): readonly OpenRunView[] {
      const found = db.prepare(
        `SELECT ${selectList(openRunTable)} FROM open_runs WHERE ? IS NULL OR tenant = ? ORDER BY seq LIMIT ?`,
      );
      return found.all(tenant ?? null, tenant ?? null, most).map((record) => view(codec.decode(record)));
    },
  };
}
