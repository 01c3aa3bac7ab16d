import { KEY_SEPARATOR } from '../store/table.js';
export const deliveryKey = (webhook, position)=>webhook + KEY_SEPARATOR + position;
const isTried = (event)=>event.type === 'RedeliveryRequested' || event.type === 'DeliverySucceeded' || event.type === 'DeliveryFailed' || event.type === 'DeliveryDeadLettered';
function outcomeOf(event) {
    if (event.type === 'DeliverySucceeded') {
        const { status: statusCode, durationMs } = event.data;
        return {
            status: 'delivered',
            retryAt: null,
            statusCode,
            message: null,
            reason: null,
            durationMs
        };
    }
    if (event.type === 'RedeliveryRequested') return {
        status: 'pending',
        retryAt: event.metadata.at,
        statusCode: null,
        message: null,
        reason: null,
        durationMs: null
    };
    const { status: statusCode = null, message, durationMs = null } = event.data;
    const failure = {
        statusCode,
        message,
        durationMs
    };
    return event.type === 'DeliveryFailed' ? {
        ...failure,
        status: 'pending',
        retryAt: event.data.retryAt,
        reason: null
    } : {
        ...failure,
        status: 'dead_lettered',
        retryAt: null,
        reason: event.data.reason
    };
}
/** `webhook_deliveries`: a row for each event and endpoint. Applied after `webhooks`, which sees it as it was before. */ export const deliveries = {
    name: 'webhook_deliveries',
    apply (event, id, rows) {
        if (!isTried(event)) return;
        const { position, stream, revision, attempt, event: message, eventType, replay = null } = event.data;
        const { at, tenant } = event.metadata;
        const key = deliveryKey(id, position);
        const row = rows.deliveries.get(key);
        const taken = event.type === 'DeliverySucceeded' ? 1 : 0;
        rows.deliveries.put(key, {
            webhook: id,
            position,
            tenant: row?.tenant ?? tenant,
            stream,
            revision,
            event: message,
            eventType,
            attempts: attempt,
            deliveries: (row?.deliveries ?? 0) + taken,
            replay,
            firstAt: row?.firstAt ?? at,
            lastAt: at,
            ...outcomeOf(event)
        });
    }
};

//# sourceMappingURL=deliveries.js.map