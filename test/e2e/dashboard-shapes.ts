import type { CheckResult } from '#lib/connectors';
import type { EventType } from '#lib/contracts/events';
import type { DeliveryResult, WebhookEvent } from '#lib/domain/webhook';
import type * as bulk from '../../apps/dashboard/api/bulk.js';
import type * as connections from '../../apps/dashboard/api/connections.js';
import type * as numbers from '../../apps/dashboard/api/numbers.js';
import type * as shapes from '../../apps/dashboard/api/shapes.js';
import type * as webhooks from '../../apps/dashboard/api/webhooks.js';
import type { ToldType } from '../../apps/dashboard/words/webhooks.js';
import type * as bulkViews from '../../apps/scheduler/api/bulk-views.js';
import type * as reports from '../../apps/scheduler/api/report-views.js';
import type { scheduleAnswer } from '../../apps/scheduler/api/schedules.js';
import type * as views from '../../apps/scheduler/api/views.js';
import type * as webhookViews from '../../apps/scheduler/api/webhook-views.js';

/**
 * What the dashboard takes the service's answers for, held against what makes them: a field that is renamed there, or of
 * another type, fails the type check here. Nothing of it runs.
 */

/** The views leave out what is not there, and so say of every field that it may be missing. */
type Whole<T> = T extends readonly (infer Item)[]
  ? readonly Whole<Item>[]
  : T extends object
    ? { [K in keyof T]-?: Whole<Exclude<T[K], undefined>> }
    : T;

/** Of JSON: what is null may be told as missing, and text as whatever text it is. */
type Read<T> = T extends string
  ? string
  : T extends readonly (infer Item)[]
    ? readonly Read<Item>[]
    : T extends object
      ? { readonly [K in keyof T]: Read<Exclude<T[K], undefined | null>> }
      : T;

/** Every field that the page reads is there, but for what is `apart` because its type says less than is meant, and can be what the page takes it for. */
type Told<View, Shape, Apart = never> = {
  [K in Exclude<keyof Shape, Apart>]-?: K extends keyof View
    ? Read<Exclude<View[K], undefined | null>> extends Read<Exclude<Shape[K], undefined | null>>
      ? true
      : ['another type', K, View[K], Shape[K]]
    : ['no such field', K];
};
type Kept<Checks extends Record<string, true>> = Checks;

type View<Make extends (...given: never[]) => unknown> = Whole<ReturnType<Make>>;

/** Of a test: what was not taken says all that there can be. */
type Failed = Extract<DeliveryResult, { kind: 'failed' }>;
/** Of a check: what works, and what does not. */
type Works<Check> = Whole<Extract<Check, { ok: true }>>;
type Fails<Check> = Whole<Extract<Check, { ok: false }>>;

/** Every one of the service's, and none besides. */
type Same<One extends Other, Other extends Again, Again = One> = [One, Other, Again];

export type Held = [
  Kept<Told<View<typeof views.runView>, Whole<shapes.Run>>>,
  Kept<Told<View<typeof views.conflictView>, Whole<numbers.Conflict>>>,
  Kept<Told<View<typeof views.providerView>, Whole<numbers.Provider>, 'circuit'>>,
  Kept<Told<View<typeof views.connectionView>, Whole<connections.Connection>>>,
  Kept<Told<Works<CheckResult>, Works<connections.Checked>>>,
  Kept<Told<Fails<CheckResult>, Fails<connections.Checked>>>,
  Kept<Told<View<typeof scheduleAnswer>, Whole<shapes.Backfilled>, 'id' | 'repeated'>>,
  Kept<Told<View<typeof reports.openRunView>, Whole<numbers.OpenRun>, 'startedAt' | 'resumeAt'>>,
  Kept<Told<View<typeof reports.statsView>, Whole<numbers.Stats>>>,
  Kept<Told<View<typeof reports.bucketView>, Whole<numbers.Bucket>>>,
  Kept<Told<View<typeof reports.forecastView>, Whole<numbers.Forecast>>>,
  Kept<Told<View<typeof reports.reportView>, Whole<numbers.Report>>>,
  Kept<Told<View<typeof webhookViews.webhookView>, Whole<webhooks.Webhook>>>,
  Kept<Told<View<typeof webhookViews.deliveryView>, Whole<webhooks.Delivery>>>,
  Kept<Told<View<typeof bulkViews.bulkChangeView>, Whole<bulk.BulkChange>, 'change' | 'filter'>>,
  Kept<Told<View<typeof bulkViews.bulkPreviewView>, Whole<bulk.BulkPreview>>>,
  Kept<Told<View<typeof bulkViews.bulkScheduleViews>, Whole<bulk.BulkSchedules>>>,
  Kept<Told<Whole<Failed>, Whole<webhooks.Tested>>>,
  Same<ToldType, Exclude<EventType, WebhookEvent['type']>>,
  Kept<Told<View<typeof views.scheduleView>, Whole<shapes.Schedule>, 'recurrence'>>,
];
