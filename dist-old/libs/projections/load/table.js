export const loadTable = {
    name: 'sync_load',
    columns: {
        provider: 'text',
        tenant: 'text',
        pattern: 'text',
        schedules: 'number'
    },
    key: [
        'provider',
        'tenant',
        'pattern'
    ],
    fixed: [],
    indexes: [],
    capacity: 20_000,
    together: (one, other)=>({
            ...one,
            schedules: one.schedules + other.schedules
        })
};

//# sourceMappingURL=table.js.map