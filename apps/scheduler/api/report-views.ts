import { iso } from '#lib/domain/kernel';
import type { SyncedRow } from '#lib/ports';
import type { Failing, OpenRunView, Report, ScheduleStats, StatisticsBucket } from '#lib/projections';
import { at, present } from './views.js';

/** Numbers as the API shows them: instants by their names, one by one, for what is counted may be named like one. */

export const statsView = ({ nextDue, ...stats }: ScheduleStats) => ({
  ...stats,
  nextDue: nextDue === null ? null : { ...nextDue, wakeAt: iso(nextDue.wakeAt) },
});

export const bucketView = ({ start, ...bucket }: StatisticsBucket) => ({ start: iso(start), ...bucket });

export const rangeView = ({ from, to }: { readonly from: number; readonly to: number }) => ({
  from: iso(from),
  to: iso(to),
});

const failingView = ({ lastRunAt, ...schedule }: Failing) => ({
  ...schedule,
  lastRunAt: at(lastRunAt) ?? null,
});

export const reportView = ({ from, to, failing, ...report }: Report) => ({
  ...rangeView({ from, to }),
  ...report,
  failing: failing.map(failingView),
});

export const recordView = <Row extends SyncedRow>(row: Row) => ({
  ...row,
  firstSeen: iso(row.firstSeen),
  lastSeen: iso(row.lastSeen),
});

export const openRunView = (run: OpenRunView) => ({
  ...run,
  nominal: iso(run.nominal),
  effective: iso(run.effective),
  queuedAt: iso(run.queuedAt),
  ...present({ startedAt: at(run.startedAt), deadline: at(run.deadline), resumeAt: at(run.resumeAt) }),
});
