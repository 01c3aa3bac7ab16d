import type { CheckResult } from '#lib/connectors';
import type { Answer, AnswerName } from '#lib/contracts/api/answers';
import type { PublicEvent } from '#lib/contracts/integration';
import type { parkedView } from '../../apps/scheduler/api/views.js';
import type * as reports from '../../apps/scheduler/api/report-views.js';
import type { BatchItem } from '../../apps/scheduler/api/schedule-batch.js';
import type { Problem } from '../../apps/scheduler/api/problem.js';
import type { scheduleAnswer } from '../../apps/scheduler/api/schedules.js';
import type * as views from '../../apps/scheduler/api/views.js';
import type * as webhookViews from '../../apps/scheduler/api/webhook-views.js';
import type { RecordsController } from '../../apps/scheduler/http/records.controller.js';
import type { ReportsController } from '../../apps/scheduler/http/reports.controller.js';
import type { SubscriptionsController } from '../../apps/scheduler/http/subscriptions.controller.js';

/**
 * What the description says of answers, held against what makes them: a field that one has and the other has not, that may be
 * missing in one only, or is of another type, fails the type check here. Nothing of it runs.
 */

/** Of JSON: whether it may be changed is nobody's concern, and what is undefined is not there. */
type Plain<T> = T extends readonly (infer Item)[]
  ? Plain<Item>[]
  : T extends object
    ? Flat<
        { -readonly [K in keyof T as undefined extends T[K] ? never : K]: Plain<T[K]> } & {
          -readonly [K in keyof T as undefined extends T[K] ? K : never]?: Plain<Exclude<T[K], undefined>>;
        }
      >
    : T;
type Flat<T> = { [K in keyof T]: T[K] };

type Same<One, Other> =
  (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false;

type Field<T, K extends PropertyKey> = Plain<Pick<T, K & keyof T>>;

/** `Apart`: told elsewhere, because its type says less than is meant. */
type Told<View, Shape, Apart = never> = {
  [K in Exclude<keyof View | keyof Shape, Apart>]: K extends keyof Shape
    ? K extends keyof View
      ? Same<Field<View, K>, Field<Shape, K>> extends true
        ? true
        : ['another type', Field<View, K>, Field<Shape, K>]
      : 'described, and not answered'
    : 'answered, and not described';
};
type Kept<Checks extends { readonly [K in keyof Checks]: true }> = Checks;
type View<Make extends (...given: never[]) => unknown> = Awaited<ReturnType<Make>>;
type Item<Page extends { readonly items: readonly unknown[] }> = Page['items'][number];
type Holds<Make extends (...given: never[]) => unknown, Name extends AnswerName, Apart = never> = Told<
  View<Make>,
  Answer<Name>,
  Apart
>;

export type Held = [
  Kept<Holds<typeof views.scheduleView, 'Schedule'>>,
  Kept<Holds<typeof views.runView, 'Run'>>,
  Kept<Holds<typeof views.conflictView, 'Conflict', 'tenant'>>,
  Kept<Holds<typeof views.connectionView, 'Connection'>>,
  Kept<Holds<typeof views.providerView, 'Provider'>>,
  Kept<Told<View<typeof parkedView>, Item<Answer<'ParkedList'>>>>,
  Kept<Holds<typeof webhookViews.webhookView, 'Webhook'>>,
  Kept<Holds<typeof webhookViews.deliveryView, 'Delivery'>>,
  Kept<Holds<typeof reports.statsView, 'Stats'>>,
  Kept<Told<View<typeof reports.bucketView>, Item<Answer<'Statistics'>>>>,
  Kept<Holds<typeof reports.reportView, 'Report', 'resources'>>,
  Kept<Holds<typeof reports.forecastView, 'Forecast'>>,
  Kept<Told<View<typeof reports.openRunView>, Answer<'Queue'>['open'][number]>>,
  // Why a provider is not served is told as a string: the list of reasons grows.
  Kept<Holds<ReportsController['queue'], 'Queue', 'open' | 'providers'>>,
  Kept<Holds<ReportsController['resources'], 'Resources'>>,
  Kept<Told<Item<View<RecordsController['charges']>>, Answer<'Charge'>>>,
  Kept<Told<Item<View<RecordsController['usage']>>, Answer<'Usage'>>>,
  Kept<Told<Item<View<SubscriptionsController['list']>>, Answer<'Subscription'>>>,
  Kept<Told<PublicEvent, Answer<'Event'>, 'data'>>,
  Kept<Told<Extract<CheckResult, { ok: true }>, Extract<Answer<'Check'>, { ok: true }>>>,
  Kept<Told<Extract<CheckResult, { ok: false }>, Extract<Answer<'Check'>, { ok: false }>>>,
  // An accepted command leaves a schedule, which the type of a state does not say.
  Kept<Holds<typeof scheduleAnswer, 'ScheduleChange', 'id' | 'status' | 'repeated'>>,
  Kept<Told<BatchItem, Item<Answer<'ScheduleBatch'>>, 'ok'>>,
  Kept<
    Told<
      Pick<Problem, 'title' | 'status' | 'detail' | 'errors'>,
      Pick<Answer<'Problem'>, 'title' | 'status' | 'detail' | 'errors'>
    >
  >,
];
