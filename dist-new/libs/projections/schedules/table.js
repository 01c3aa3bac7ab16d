export const scheduleStatuses = [
    'active',
    'paused',
    'completed',
    'deleted'
];
export const scheduleTable = {
    name: 'sync_schedules',
    columns: {
        id: 'text',
        tenant: 'text',
        user: 'text',
        connection: 'text',
        provider: 'text',
        operation: 'text',
        priority: 'text',
        name: 'text',
        status: 'text',
        pauseCause: 'text',
        pauseNote: 'text',
        pausedUntil: 'number',
        pausedAt: 'number',
        frequency: 'text',
        zone: 'text',
        definition: 'json',
        generation: 'number',
        version: 'number',
        createdAt: 'number',
        updatedAt: 'number'
    },
    key: [
        'id'
    ],
    fixed: [
        'tenant',
        'user',
        'connection',
        'provider',
        'operation',
        'createdAt'
    ],
    indexes: [
        {
            on: 'tenant, created_at, id'
        },
        {
            on: 'tenant, user, provider, status'
        },
        {
            on: 'tenant, connection'
        }
    ],
    capacity: 20_000
};
export const activityTable = {
    name: 'sync_schedule_activity',
    columns: {
        schedule: 'text',
        tenant: 'text',
        revision: 'number',
        gaps: 'number',
        highWater: 'number',
        lastSkipped: 'number',
        lastRun: 'text',
        lastRunStatus: 'text',
        lastRunAt: 'number',
        lastSuccessAt: 'number',
        consecutiveFailures: 'number',
        runs: 'number',
        occurrencesRun: 'number',
        succeeded: 'number',
        failed: 'number',
        cancelled: 'number',
        skipped: 'number',
        missed: 'number'
    },
    key: [
        'schedule'
    ],
    fixed: [
        'tenant'
    ],
    indexes: [
        {
            on: 'tenant, consecutive_failures',
            where: 'consecutive_failures > 0'
        }
    ],
    capacity: 100_000
};

//# sourceMappingURL=table.js.map