import type { Instant, Millis } from '#lib/domain/kernel';
import type { DeadLetterReason, WebhookDisableCause, WebhookFilter } from '#lib/domain/webhook';
import type { TableSpec } from '../store/table.js';

/** An endpoint, and how it fares. */
export type WebhookRow = {
  readonly id: string;
  readonly tenant: string;
  readonly url: string;
  readonly description: string | null;
  readonly filter: WebhookFilter;
  readonly status: 'active' | 'disabled' | 'deleted';
  readonly disableCause: WebhookDisableCause | null;
  readonly disableNote: string | null;
  readonly disabledAt: Instant | null;
  readonly version: number;
  /** Until then what is sent is signed with the secret before, too. */
  readonly previousSecretUntil: Instant | null;
  readonly delivered: number;
  readonly deadLettered: number;
  /** Deliveries that wait to be tried again. */
  readonly pending: number;
  readonly lastSuccessAt: Instant | null;
  /** Since the last success. */
  readonly failingSince: Instant | null;
  readonly failuresInARow: number;
  readonly lastError: string | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
};

export const webhookTable: TableSpec<WebhookRow> = {
  name: 'webhooks',
  columns: {
    id: 'text',
    tenant: 'text',
    url: 'text',
    description: 'text',
    filter: 'json',
    status: 'text',
    disableCause: 'text',
    disableNote: 'text',
    disabledAt: 'number',
    version: 'number',
    previousSecretUntil: 'number',
    delivered: 'number',
    deadLettered: 'number',
    pending: 'number',
    lastSuccessAt: 'number',
    failingSince: 'number',
    failuresInARow: 'number',
    lastError: 'text',
    createdAt: 'number',
    updatedAt: 'number',
  },
  key: ['id'],
  fixed: ['tenant', 'createdAt'],
  indexes: [{ on: 'tenant, created_at, id' }],
  capacity: 2_000,
};

export const deliveryStatuses = ['delivered', 'pending', 'dead_lettered'] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** One event and one endpoint: the last of what became of it. */
export type DeliveryRow = {
  readonly webhook: string;
  /** Of the event in the log. */
  readonly position: number;
  readonly tenant: string;
  /** Where the event is. */
  readonly stream: string;
  readonly revision: number;
  /** The event's id, which is the message's. */
  readonly event: string;
  readonly eventType: string;
  readonly status: DeliveryStatus;
  /** Tries of the present round: a replay begins anew. */
  readonly attempts: number;
  /** Times that it was taken: more than once only after replays. */
  readonly deliveries: number;
  /** The replay that it was last part of. */
  readonly replay: string | null;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly retryAt: Instant | null;
  /** HTTP status of the last answer; null: there was none. */
  readonly statusCode: number | null;
  readonly message: string | null;
  readonly reason: DeadLetterReason | null;
  readonly durationMs: Millis | null;
};

export const deliveryTable: TableSpec<DeliveryRow> = {
  name: 'webhook_deliveries',
  columns: {
    webhook: 'text',
    position: 'number',
    tenant: 'text',
    stream: 'text',
    revision: 'number',
    event: 'text',
    eventType: 'text',
    status: 'text',
    attempts: 'number',
    deliveries: 'number',
    replay: 'text',
    firstAt: 'number',
    lastAt: 'number',
    retryAt: 'number',
    statusCode: 'number',
    message: 'text',
    reason: 'text',
    durationMs: 'number',
  },
  key: ['webhook', 'position'],
  fixed: ['tenant', 'stream', 'revision', 'event', 'eventType', 'firstAt'],
  // Few among many: without it a page of them walks all that was delivered.
  indexes: [{ on: 'webhook, status, position', where: "status <> 'delivered'" }],
  keep: (row) => row.status === 'pending',
  capacity: 10_000,
};
