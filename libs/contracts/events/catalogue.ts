import type { AggregateKind } from '#lib/contracts/streams';
import type { BulkEvent } from '#lib/domain/bulk';
import type { ConnectionEvent } from '#lib/domain/connection';
import type { ConflictEvent } from '#lib/domain/conflict';
import type { ParkingEvent } from '#lib/domain/parking';
import type { ProviderEvent } from '#lib/domain/provider';
import type { ScheduleEvent } from '#lib/domain/schedule';
import type { SubscriptionEvent } from '#lib/domain/subscription';
import type { TenantEvent } from '#lib/domain/tenant';
import type { WebhookEvent } from '#lib/domain/webhook';

export type KnownEvent =
  | ScheduleEvent
  | ConnectionEvent
  | ProviderEvent
  | ConflictEvent
  | SubscriptionEvent
  | ParkingEvent
  | WebhookEvent
  | BulkEvent
  | TenantEvent;
export type EventType = KnownEvent['type'];

/** What is stored of one event type: on which kind of stream, at which version, and the fields its data must have. */
export type EventEntry = {
  readonly stream: AggregateKind;
  readonly version: number;
  readonly fields: Readonly<Record<string, FieldKind>>;
};
export type FieldKind = 'string' | 'number' | 'boolean' | 'object';

const run = { run: 'string', attempt: 'number' } as const;
const spec = {
  run: 'string',
  trigger: 'string',
  nominal: 'number',
  effective: 'number',
  generation: 'number',
  operation: 'string',
} as const;

const delivery = {
  position: 'number',
  stream: 'string',
  revision: 'number',
  event: 'string',
  eventType: 'string',
  attempt: 'number',
} as const;

const on = (stream: AggregateKind, fields: EventEntry['fields'] = {}, version = 1): EventEntry => ({
  stream,
  version,
  fields,
});

/** Every event that is stored. The compiler objects when a type of the domain is missing here. */
export const eventCatalogue: Readonly<Record<EventType, EventEntry>> = {
  ScheduleCreated: on('schedule', { id: 'string', definition: 'object' }, 2),
  ScheduleUpdated: on('schedule', { changes: 'object', generation: 'number' }),
  SchedulePaused: on('schedule', { cause: 'string' }),
  ScheduleResumed: on('schedule', { automatic: 'boolean' }),
  ScheduleDeleted: on('schedule'),
  ScheduleCompleted: on('schedule', { reason: 'string' }),
  OccurrenceSkipped: on('schedule', { nominal: 'number', generation: 'number', reason: 'string' }),
  OccurrencesMissed: on('schedule', {
    generation: 'number',
    first: 'number',
    last: 'number',
    count: 'number',
    exact: 'boolean',
    reason: 'string',
  }),
  RunBuffered: on('schedule', { ...spec, by: 'string' }),
  RunQueued: on('schedule', {
    ...spec,
    attempt: 'number',
    priority: 'string',
    user: 'string',
    connection: 'string',
    provider: 'string',
  }),
  RunStarted: on('schedule', {
    ...run,
    fence: 'number',
    executor: 'string',
    claim: 'string',
    deadline: 'number',
  }),
  RunCheckpointed: on('schedule', { ...run, state: 'object', counts: 'object' }),
  RunSucceeded: on('schedule', { ...run, counts: 'object', durationMs: 'number' }),
  RunFailed: on('schedule', { ...run, error: 'object', durationMs: 'number', cause: 'string' }),
  RetryScheduled: on('schedule', { ...run, retryAt: 'number', delayMs: 'number' }),
  RunSnoozed: on('schedule', {
    ...run,
    until: 'number',
    class: 'string',
    message: 'string',
    durationMs: 'number',
  }),
  RunCancelRequested: on('schedule', { run: 'string', reason: 'string' }),
  RunCancelled: on('schedule', { ...run, reason: 'string' }),
  RunAbandoned: on('schedule', { ...run, reason: 'string' }),
  RunRedriven: on('schedule', { run: 'string' }),
  ConnectionRegistered: on('connection', { id: 'string', user: 'string', provider: 'string' }),
  ScheduleClaimed: on('connection', { schedule: 'string', operation: 'string' }),
  ClaimReleased: on('connection', { schedule: 'string', operation: 'string', reason: 'string' }),
  ConnectionSuspended: on('connection', { cause: 'string', message: 'string' }),
  ConnectionRestored: on('connection'),
  ConnectionRemoved: on('connection', { records: 'string' }),
  ConsentEnding: on('connection', { endsAt: 'number' }),
  ProviderLimitsChanged: on('provider', { provider: 'string', limits: 'object' }),
  ProviderPaused: on('provider', { provider: 'string', cause: 'string' }),
  ProviderResumed: on('provider', { provider: 'string', automatic: 'boolean' }),
  CircuitOpened: on('provider', {
    provider: 'string',
    failures: 'number',
    until: 'number',
    opened: 'number',
    message: 'string',
  }),
  CircuitClosed: on('provider', { provider: 'string' }),
  ConflictDetected: on('conflict', { id: 'string', kind: 'string', schedules: 'object', message: 'string' }),
  ConflictAcknowledged: on('conflict', { id: 'string' }),
  ConflictResolved: on('conflict', { id: 'string', resolution: 'string' }),
  SubscriptionChanged: on('subscription', {
    id: 'string',
    user: 'string',
    service: 'string',
    after: 'object',
    changed: 'object',
    confidence: 'number',
  }),
  EventParked: on('parking', {
    id: 'string',
    handler: 'string',
    stream: 'string',
    revision: 'number',
    position: 'number',
    eventType: 'string',
    reason: 'string',
  }),
  ReplayRequested: on('parking', { id: 'string' }),
  EventReplayed: on('parking', { id: 'string' }),
  WebhookRegistered: on('webhook', { id: 'string', definition: 'object', after: 'number' }),
  WebhookUpdated: on('webhook', { id: 'string', definition: 'object' }),
  WebhookDisabled: on('webhook', { id: 'string', cause: 'string' }),
  WebhookEnabled: on('webhook', { id: 'string' }),
  WebhookSecretRotated: on('webhook', { id: 'string', previousUntil: 'number' }),
  WebhookDeleted: on('webhook', { id: 'string' }),
  WebhookReplayRequested: on('webhook', {
    id: 'string',
    replay: 'string',
    after: 'number',
    through: 'number',
  }),
  WebhookReplayCompleted: on('webhook', { id: 'string', replay: 'string' }),
  RedeliveryRequested: on('webhook', delivery),
  DeliverySucceeded: on('webhook', { ...delivery, status: 'number', durationMs: 'number' }),
  DeliveryFailed: on('webhook', { ...delivery, message: 'string', retryAt: 'number' }),
  DeliveryDeadLettered: on('webhook', { ...delivery, message: 'string', reason: 'string' }),
  BulkChangePlanned: on('bulk', { id: 'string', from: 'number', items: 'object' }),
  BulkChangeRequested: on('bulk', {
    id: 'string',
    change: 'object',
    filter: 'object',
    matched: 'number',
    planned: 'number',
    unchanged: 'number',
    refused: 'object',
  }),
  BulkChangeProgressed: on('bulk', { id: 'string', outcomes: 'object' }),
  BulkChangeCompleted: on('bulk', { id: 'string', changed: 'number', refused: 'number' }),
  BulkUndoRequested: on('bulk', { id: 'string', planned: 'number' }),
  BulkUndoProgressed: on('bulk', { id: 'string', outcomes: 'object' }),
  BulkUndoCompleted: on('bulk', { id: 'string', undone: 'number', refused: 'number' }),
  TenantLimitsChanged: on('tenant', { tenant: 'string', limits: 'object' }),
};

export const eventTypes = Object.keys(eventCatalogue) as readonly EventType[];
