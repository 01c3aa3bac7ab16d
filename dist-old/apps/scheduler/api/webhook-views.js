import { iso } from '#lib/domain/kernel';
import { at, present } from './views.js';
export const webhookView = (row)=>({
        id: row.id,
        status: row.status,
        version: row.version,
        url: row.url,
        filter: row.filter,
        ...present({
            description: row.description,
            disabled: row.disableCause === null ? undefined : present({
                cause: row.disableCause,
                at: at(row.disabledAt),
                note: row.disableNote
            }),
            failing: row.failingSince === null ? undefined : {
                since: iso(row.failingSince),
                inARow: row.failuresInARow,
                lastError: row.lastError
            },
            lastSuccessAt: at(row.lastSuccessAt),
            previousSecretUntil: at(row.previousSecretUntil)
        }),
        delivered: row.delivered,
        pending: row.pending,
        deadLettered: row.deadLettered,
        createdAt: iso(row.createdAt),
        updatedAt: iso(row.updatedAt)
    });
export const deliveryView = (row)=>({
        position: row.position,
        event: row.event,
        type: row.eventType,
        stream: row.stream,
        revision: row.revision,
        status: row.status,
        attempts: row.attempts,
        deliveries: row.deliveries,
        ...present({
            statusCode: row.statusCode,
            message: row.message,
            reason: row.reason,
            durationMs: row.durationMs,
            retryAt: at(row.retryAt),
            replay: row.replay
        }),
        firstAt: iso(row.firstAt),
        lastAt: iso(row.lastAt)
    });

//# sourceMappingURL=webhook-views.js.map