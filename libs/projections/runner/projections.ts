import type { AggregateKind } from '#lib/contracts/streams';
import { bulkChanges } from '../bulk/projection.js';
import { conflicts } from '../conflicts/projection.js';
import { connections } from '../connections/projection.js';
import { logs } from '../logs/projection.js';
import { parkedEvents } from '../parking/projection.js';
import { providers } from '../providers/projection.js';
import { activity } from '../schedules/activity.js';
import { schedules } from '../schedules/projection.js';
import { statistics } from '../statistics/projection.js';
import { tenants } from '../tenants/projection.js';
import { deliveries } from '../webhooks/deliveries.js';
import { webhooks } from '../webhooks/projection.js';
import { openRuns } from '../work/open-runs.js';
import { wakeUps } from '../work/wake-ups.js';
import type { Projection } from './projection.js';

/** Events are routed by the kind of their stream; the decoder has made sure that type and stream fit. */
export type Routes = Readonly<Record<AggregateKind, readonly Projection<never>[]>>;

/**
 * The order within a kind is part of the logic: `activity` sees schedules and open runs as they were before the event,
 * `statistics` sees the log row after it and the open run before it, `open_runs` comes last; `webhooks` sees a delivery as it
 * was before.
 */
export const routes = (): Routes => ({
  schedule: [activity, schedules, logs, statistics(), wakeUps, openRuns],
  connection: [connections],
  provider: [providers],
  conflict: [conflicts],
  // Their history is their stream, and what they are now is merged from the records.
  subscription: [],
  parking: [parkedEvents],
  webhook: [webhooks, deliveries],
  bulk: [bulkChanges],
  tenant: [tenants],
});

/** Of these, what a schedule is shown from. */
export const routesOfShownSchedules = (): Routes => ({
  ...routes(),
  schedule: [activity, schedules, wakeUps, openRuns],
});
