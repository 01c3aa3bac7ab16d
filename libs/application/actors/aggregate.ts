import { bulkChange, type BulkCommand, type BulkEvent, type BulkState } from '#lib/domain/bulk';
import {
  connection,
  type ConnectionCommand,
  type ConnectionEvent,
  type ConnectionState,
} from '#lib/domain/connection';
import { conflict, type ConflictCommand, type ConflictEvent, type ConflictState } from '#lib/domain/conflict';
import type { Decider, DomainEvent, Instant } from '#lib/domain/kernel';
import { parking, type ParkingCommand, type ParkingEvent, type ParkingState } from '#lib/domain/parking';
import { provider, type ProviderCommand, type ProviderEvent, type ProviderState } from '#lib/domain/provider';
import {
  schedule,
  wakeAt,
  type ScheduleCommand,
  type ScheduleEvent,
  type ScheduleState,
} from '#lib/domain/schedule';

import {
  subscription,
  type SubscriptionCommand,
  type SubscriptionEvent,
  type SubscriptionState,
} from '#lib/domain/subscription';
import { tenant, type TenantCommand, type TenantEvent, type TenantState } from '#lib/domain/tenant';
import { webhook, type WebhookCommand, type WebhookEvent, type WebhookState } from '#lib/domain/webhook';

/** How a decider is run as an actor: its snapshots' shape, and for schedules when it next needs attention. */
export type Aggregate<State extends object, Command, E extends DomainEvent> = {
  readonly kind: string;
  readonly decider: Decider<State, Command, E>;
  /** Grows when the shape of the state changes, or what events fold to: older snapshots are then ignored. */
  readonly snapshotVersion: number;
  readonly wakeAt?: (state: State) => Instant | undefined;
  /** Whether the stream belongs to the tenant that began it: for everybody else it does not exist. */
  readonly tenantOwned: boolean;
};

export const scheduleAggregate: Aggregate<ScheduleState, ScheduleCommand, ScheduleEvent> = {
  kind: 'schedule',
  decider: schedule,
  snapshotVersion: 4,
  tenantOwned: true,
  wakeAt,
};

export const connectionAggregate: Aggregate<ConnectionState, ConnectionCommand, ConnectionEvent> = {
  kind: 'connection',
  decider: connection,
  snapshotVersion: 2,
  tenantOwned: true,
};

export const providerAggregate: Aggregate<ProviderState, ProviderCommand, ProviderEvent> = {
  kind: 'provider',
  decider: provider,
  snapshotVersion: 1,
  tenantOwned: false,
};

export const conflictAggregate: Aggregate<ConflictState, ConflictCommand, ConflictEvent> = {
  kind: 'conflict',
  decider: conflict,
  snapshotVersion: 1,
  tenantOwned: true,
};

export const subscriptionAggregate: Aggregate<SubscriptionState, SubscriptionCommand, SubscriptionEvent> = {
  kind: 'subscription',
  decider: subscription,
  snapshotVersion: 1,
  tenantOwned: true,
};

export const parkingAggregate: Aggregate<ParkingState, ParkingCommand, ParkingEvent> = {
  kind: 'parked event',
  decider: parking,
  snapshotVersion: 1,
  tenantOwned: true,
};

export const webhookAggregate: Aggregate<WebhookState, WebhookCommand, WebhookEvent> = {
  kind: 'webhook',
  decider: webhook,
  snapshotVersion: 1,
  tenantOwned: true,
};

export const bulkAggregate: Aggregate<BulkState, BulkCommand, BulkEvent> = {
  kind: 'bulk change',
  decider: bulkChange,
  snapshotVersion: 1,
  tenantOwned: true,
};

export const tenantAggregate: Aggregate<TenantState, TenantCommand, TenantEvent> = {
  kind: 'tenant',
  decider: tenant,
  snapshotVersion: 1,
  // The operator's, whoever that is.
  tenantOwned: false,
};

/** A command as callers write it: the actor stamps `now` when it decides. */
export type Unstamped<Command> = Command extends unknown ? Omit<Command, 'now'> : never;
