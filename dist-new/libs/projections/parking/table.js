export const parkingTable = {
    name: 'parked_events',
    columns: {
        id: 'text',
        tenant: 'text',
        handler: 'text',
        stream: 'text',
        revision: 'number',
        position: 'number',
        eventType: 'text',
        reason: 'text',
        status: 'text',
        firstParkedAt: 'number',
        lastParkedAt: 'number',
        times: 'number'
    },
    key: [
        'id'
    ],
    // Not when it was first parked: one that was replayed and is parked again, before its row was deleted, begins anew.
    fixed: [
        'tenant',
        'handler',
        'stream',
        'revision',
        'position',
        'eventType'
    ],
    indexes: [
        {
            on: 'tenant, position, id'
        }
    ],
    capacity: 1_000
};

//# sourceMappingURL=table.js.map