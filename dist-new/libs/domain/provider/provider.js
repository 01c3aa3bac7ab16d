export const providerPauseCauses = [
    'request',
    'app_blocked'
];

//# sourceMappingURL=provider.js.map