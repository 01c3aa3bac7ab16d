export const connectionTable = {
    name: 'connections',
    columns: {
        tenant: 'text',
        id: 'text',
        user: 'text',
        provider: 'text',
        connector: 'text',
        config: 'json',
        status: 'text',
        suspendCause: 'text',
        suspendMessage: 'text',
        suspendedAt: 'number',
        consentEndsAt: 'number',
        claims: 'json',
        registeredAt: 'number',
        updatedAt: 'number'
    },
    key: [
        'tenant',
        'id'
    ],
    fixed: [],
    indexes: [
        {
            on: 'tenant, user'
        }
    ],
    capacity: 20_000
};

//# sourceMappingURL=table.js.map