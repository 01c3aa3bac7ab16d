export const conflictTable = {
    name: 'sync_schedule_conflicts',
    columns: {
        id: 'text',
        tenant: 'text',
        kind: 'text',
        schedules: 'json',
        user: 'text',
        connection: 'text',
        provider: 'text',
        message: 'text',
        status: 'text',
        firstDetectedAt: 'number',
        lastDetectedAt: 'number',
        times: 'number',
        resolvedAt: 'number',
        resolution: 'text',
        note: 'text'
    },
    key: [
        'id'
    ],
    fixed: [
        'tenant',
        'kind',
        'firstDetectedAt'
    ],
    indexes: [
        {
            on: 'tenant, last_detected_at, id'
        }
    ],
    capacity: 5_000
};

//# sourceMappingURL=table.js.map