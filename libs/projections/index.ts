// Without the audit, which has an index of its own: threads that fold rows need not load what reads digests.
export { openReadModel, type ReadModel, type ReadModelOptions } from './runner/read-model.js';
export { scheduleAsOf } from './runner/as-of.js';
export { rebuildReadModel, type RebuildOptions, type RebuildReport } from './runner/rebuild.js';
export { loadShare, type SharedLoad, type ShareLoaders, type ShareOfLoad } from './runner/shares.js';
export type { Decode, ParkedEvent } from './runner/applier.js';
export { queriesOf, type Queries } from './runner/queries.js';
export { Waiters } from './runner/waiting.js';
export { Reading } from './store/reading.js';
export type { Fault, FollowedLog } from './runner/runner.js';
export { hashReadModel, type ReadModelHash, type TableDifference, type TableHash } from './store/hash.js';
export { cursorOf, InvalidCursor, itemsOf, placeOf, type Page, type Paging } from './store/paging.js';
export type { ScheduleCount, ScheduleFilter, ScheduleView } from './schedules/queries.js';
export {
  scheduleStatuses,
  type ActivityRow,
  type ScheduleRow,
  type ScheduleStatus,
} from './schedules/table.js';
export type { PatternLoad } from './load/queries.js';
export { backfilledRuns } from './logs/backfilled.js';
export type { RunFilter } from './logs/queries.js';
export { hasEnded, logStatuses, type AttemptEntry, type LogRow, type LogStatus } from './logs/table.js';
export type { BulkChangeRow } from './bulk/table.js';
export type { ConflictFilter } from './conflicts/queries.js';
export type { ConflictRow, ConflictStatus } from './conflicts/table.js';
export type { ConnectionFilter } from './connections/queries.js';
export type { ConnectionRow } from './connections/table.js';
export type { ParkingRow } from './parking/table.js';
export type { ProviderView } from './providers/queries.js';
export {
  deliveryStatuses,
  type DeliveryRow,
  type DeliveryStatus,
  type WebhookRow,
} from './webhooks/table.js';
export type { TenantRow } from './tenants/table.js';
export type { OpenRunView } from './work/queries.js';
export type { WakeUpRow } from './work/table.js';
export type { Counts, Measures, Quantiles, StatisticsBucket, StatisticsRange } from './statistics/queries.js';
export type { Failing, Report, ScheduleMention, Slow } from './statistics/report.js';
export type { ScheduleStats } from './statistics/summary.js';
export type { BucketSize, StatisticScope } from './statistics/table.js';
