export const providerTable = {
    name: 'providers',
    columns: {
        id: 'text',
        tenant: 'text',
        limits: 'json',
        pauseCause: 'text',
        pauseNote: 'text',
        pausedAt: 'number',
        pausedUntil: 'number',
        circuit: 'text',
        circuitUntil: 'number',
        circuitOpened: 'number',
        circuitFailures: 'number',
        circuitMessage: 'text',
        updatedAt: 'number'
    },
    key: [
        'id'
    ],
    fixed: [],
    indexes: [],
    capacity: 1_000
};

//# sourceMappingURL=table.js.map