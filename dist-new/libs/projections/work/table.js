export const wakeUpTable = {
    name: 'wake_ups',
    columns: {
        schedule: 'text',
        tenant: 'text',
        wakeAt: 'number'
    },
    key: [
        'schedule'
    ],
    fixed: [
        'tenant'
    ],
    indexes: [
        {
            on: 'wake_at, schedule'
        }
    ],
    capacity: 20_000,
    // A run wakes its schedule at its deadline, and its end sets that back to the next occurrence.
    same: (one, other)=>one.wakeAt === other.wakeAt
};
export const openRunTable = {
    name: 'open_runs',
    columns: {
        run: 'text',
        seq: 'number',
        schedule: 'text',
        tenant: 'text',
        user: 'text',
        connection: 'text',
        provider: 'text',
        priority: 'text',
        operation: 'text',
        trigger: 'text',
        attempt: 'number',
        nominal: 'number',
        effective: 'number',
        status: 'text',
        queuedAt: 'number',
        fence: 'number',
        executor: 'text',
        startedAt: 'number',
        deadline: 'number',
        resumeAt: 'number',
        cancelRequested: 'flag'
    },
    key: [
        'run'
    ],
    fixed: [
        'seq',
        'schedule',
        'tenant',
        'user',
        'connection',
        'provider',
        'operation',
        'trigger',
        'nominal',
        'effective'
    ],
    indexes: [],
    capacity: 100_000,
    whole: 10_000
};
export const deadLetterTable = {
    name: 'dead_letters',
    columns: {
        ...openRunTable.columns,
        at: 'number'
    },
    key: [
        'run'
    ],
    fixed: [],
    indexes: [],
    capacity: 2_000
};

//# sourceMappingURL=table.js.map