/** Of a change that may be bound to the version that was seen. */ export const versioned = [
    'If-Match'
];
/** Of what has versions. */ export const tagged = [
    'ETag'
];
export const created = [
    'ETag',
    'Location'
];

//# sourceMappingURL=route.js.map