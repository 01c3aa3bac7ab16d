export const webhookTable = {
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
        updatedAt: 'number'
    },
    key: [
        'id'
    ],
    fixed: [
        'tenant',
        'createdAt'
    ],
    indexes: [
        {
            on: 'tenant, created_at, id'
        }
    ],
    capacity: 2_000
};
export const deliveryStatuses = [
    'delivered',
    'pending',
    'dead_lettered'
];
export const deliveryTable = {
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
        durationMs: 'number'
    },
    key: [
        'webhook',
        'position'
    ],
    fixed: [
        'tenant',
        'stream',
        'revision',
        'event',
        'eventType',
        'firstAt'
    ],
    // Few among many: without it a page of them walks all that was delivered.
    indexes: [
        {
            on: 'webhook, status, position',
            where: "status <> 'delivered'"
        }
    ],
    keep: (row)=>row.status === 'pending',
    capacity: 10_000
};

//# sourceMappingURL=table.js.map