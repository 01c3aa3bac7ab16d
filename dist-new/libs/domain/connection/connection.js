export const suspendCauses = [
    'auth_revoked',
    'permission',
    'request'
];

//# sourceMappingURL=connection.js.map