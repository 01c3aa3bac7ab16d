import { connection } from '#lib/domain/connection';
import { conflict } from '#lib/domain/conflict';
import { parking } from '#lib/domain/parking';
import { provider } from '#lib/domain/provider';
import { schedule, wakeAt } from '#lib/domain/schedule';
import { subscription } from '#lib/domain/subscription';
import { webhook } from '#lib/domain/webhook';
export const scheduleAggregate = {
    kind: 'schedule',
    decider: schedule,
    snapshotVersion: 4,
    tenantOwned: true,
    wakeAt
};
export const connectionAggregate = {
    kind: 'connection',
    decider: connection,
    snapshotVersion: 2,
    tenantOwned: true
};
export const providerAggregate = {
    kind: 'provider',
    decider: provider,
    snapshotVersion: 1,
    tenantOwned: false
};
export const conflictAggregate = {
    kind: 'conflict',
    decider: conflict,
    snapshotVersion: 1,
    tenantOwned: true
};
export const subscriptionAggregate = {
    kind: 'subscription',
    decider: subscription,
    snapshotVersion: 1,
    tenantOwned: true
};
export const parkingAggregate = {
    kind: 'parked event',
    decider: parking,
    snapshotVersion: 1,
    tenantOwned: true
};
export const webhookAggregate = {
    kind: 'webhook',
    decider: webhook,
    snapshotVersion: 1,
    tenantOwned: true
};

//# sourceMappingURL=aggregate.js.map