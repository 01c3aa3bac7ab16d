import { unreachable } from '#lib/domain/kernel';
import { deliveryKey } from './deliveries.js';
const registered = (event)=>{
    const { id, definition } = event.data;
    const { at, tenant } = event.metadata;
    return {
        id,
        tenant,
        url: definition.url,
        description: definition.description ?? null,
        filter: definition.filter,
        status: 'active',
        disableCause: null,
        disableNote: null,
        disabledAt: null,
        version: 1,
        previousSecretUntil: null,
        delivered: 0,
        deadLettered: 0,
        pending: 0,
        lastSuccessAt: null,
        failingSince: null,
        failuresInARow: 0,
        lastError: null,
        createdAt: at,
        updatedAt: at
    };
};
function tried(row, event, wasPending) {
    const { at } = event.metadata;
    const waited = wasPending(event.data.position) ? 1 : 0;
    if (event.type === 'DeliverySucceeded') {
        const healthy = {
            failingSince: null,
            failuresInARow: 0,
            lastError: null,
            lastSuccessAt: at
        };
        return {
            ...row,
            ...healthy,
            delivered: row.delivered + 1,
            pending: row.pending - waited
        };
    }
    const failing = {
        failingSince: row.failingSince ?? at,
        failuresInARow: row.failuresInARow + 1,
        lastError: event.data.message
    };
    if (event.type === 'DeliveryFailed') return {
        ...row,
        ...failing,
        pending: row.pending + 1 - waited
    };
    const given = {
        deadLettered: row.deadLettered + 1,
        pending: row.pending - waited
    };
    return event.data.reason === 'skipped' ? {
        ...row,
        ...given
    } : {
        ...row,
        ...failing,
        ...given
    };
}
function changed(row, event, wasPending) {
    const { at } = event.metadata;
    const next = {
        version: row.version + 1,
        updatedAt: at
    };
    switch(event.type){
        case 'WebhookRegistered':
            return row;
        case 'WebhookUpdated':
            {
                const { url, description, filter } = event.data.definition;
                return {
                    ...row,
                    ...next,
                    url,
                    filter,
                    description: description ?? null
                };
            }
        case 'WebhookDisabled':
            {
                const { cause, note } = event.data;
                const disabled = {
                    disableCause: cause,
                    disableNote: note ?? null,
                    disabledAt: at
                };
                return {
                    ...row,
                    ...next,
                    ...disabled,
                    status: 'disabled'
                };
            }
        case 'WebhookEnabled':
            {
                const enabled = {
                    disableCause: null,
                    disableNote: null,
                    disabledAt: null
                };
                return {
                    ...row,
                    ...next,
                    ...enabled,
                    status: 'active',
                    failingSince: null,
                    failuresInARow: 0
                };
            }
        case 'WebhookSecretRotated':
            return {
                ...row,
                ...next,
                previousSecretUntil: event.data.previousUntil
            };
        case 'WebhookDeleted':
            return {
                ...row,
                ...next,
                status: 'deleted'
            };
        case 'WebhookReplayRequested':
        case 'WebhookReplayCompleted':
            return {
                ...row,
                ...next
            };
        case 'RedeliveryRequested':
            return wasPending(event.data.position) ? row : {
                ...row,
                pending: row.pending + 1
            };
        case 'DeliverySucceeded':
        case 'DeliveryFailed':
        case 'DeliveryDeadLettered':
            return tried(row, event, wasPending);
        default:
            return unreachable(event);
    }
}
/** `webhooks`: endpoints as last set, and how their deliveries went. */ export const webhooks = {
    name: 'webhooks',
    apply (event, id, rows) {
        if (event.type === 'WebhookRegistered') {
            rows.webhooks.put(id, registered(event));
            return;
        }
        const row = rows.webhooks.get(id);
        if (row === undefined) return;
        const wasPending = (position)=>rows.deliveries.get(deliveryKey(id, position))?.status === 'pending';
        rows.webhooks.put(id, changed(row, event, wasPending));
    }
};

//# sourceMappingURL=projection.js.map