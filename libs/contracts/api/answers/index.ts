import type { z } from 'zod';
import * as bulk from './bulk.js';
import * as connections from './connection.js';
import * as conflicts from './conflict.js';
import * as events from './event.js';
import * as numbers from './numbers.js';
import { problem } from './problem.js';
import * as providers from './provider.js';
import { recurrence } from './recurrence.js';
import * as runs from './run.js';
import * as schedules from './schedule.js';
import * as subscriptions from './subscription.js';
import * as system from './system.js';
import * as tenants from './tenant.js';
import * as webhooks from './webhook.js';

/** What routes answer, and what answers have in common, by the names that the description and its clients have for them. */
export const answers = {
  Problem: problem,
  Recurrence: recurrence,
  Schedule: schedules.schedule,
  ScheduleList: schedules.scheduleList,
  ScheduleChange: schedules.scheduleChange,
  ScheduleBatch: schedules.scheduleBatch,
  Occurrence: schedules.occurrence,
  Occurrences: schedules.occurrences,
  Finding: schedules.finding,
  Judgement: schedules.judgement,
  Run: runs.run,
  RunList: runs.runList,
  RunWithEvents: runs.runWithEvents,
  RunChange: schedules.runChange,
  BackfillRequested: schedules.backfillRequested,
  Attempt: runs.attempt,
  ErrorClass: runs.errorClass,
  Event: events.event,
  EventLog: events.eventLog,
  ParkedList: events.parkedList,
  ParkedReplay: events.parkedReplay,
  Provider: providers.provider,
  ProviderList: providers.providerList,
  ProviderChange: providers.providerChange,
  Forecast: providers.forecast,
  Connector: providers.connector,
  ConnectorList: providers.connectorList,
  Connection: connections.connection,
  ConnectionList: connections.connectionList,
  ConnectionChange: connections.connectionChange,
  ConnectionRegistered: connections.connectionRegistered,
  ConnectionRemoved: connections.connectionRemoved,
  Check: connections.check,
  Upload: connections.upload,
  Conflict: conflicts.conflict,
  ConflictList: conflicts.conflictList,
  ConflictChange: conflicts.conflictChange,
  Webhook: webhooks.webhook,
  WebhookList: webhooks.webhookList,
  WebhookChange: webhooks.webhookChange,
  WebhookRegistered: webhooks.webhookRegistered,
  SecretRotated: webhooks.secretRotated,
  ReplayRequested: webhooks.replayRequested,
  WebhookTest: webhooks.webhookTest,
  Delivery: webhooks.delivery,
  DeliveryList: webhooks.deliveryList,
  Measures: numbers.measures,
  Stats: numbers.stats,
  Statistics: numbers.statistics,
  Report: numbers.report,
  Resources: numbers.resources,
  Queue: numbers.queue,
  Subscription: subscriptions.subscription,
  SubscriptionList: subscriptions.subscriptionList,
  SubscriptionWithHistory: subscriptions.subscriptionWithHistory,
  Charge: subscriptions.charge,
  ChargeList: subscriptions.chargeList,
  Usage: subscriptions.usage,
  UsageList: subscriptions.usageList,
  BulkPreview: bulk.bulkPreview,
  BulkChange: bulk.bulkChange,
  BulkChangeList: bulk.bulkChangeList,
  BulkChangeAsked: bulk.bulkChangeAsked,
  BulkSchedules: bulk.bulkSchedules,
  TenantList: tenants.tenantList,
  TenantChange: tenants.tenantChange,
  Health: system.health,
  Readiness: system.readiness,
  Description: system.description,
} as const satisfies Record<string, z.ZodType>;

export type AnswerName = keyof typeof answers;
/** What is answered under a name. */
export type Answer<Name extends AnswerName> = z.output<(typeof answers)[Name]>;
export type { RecurrenceAnswer } from './recurrence.js';
