/**
 * Of every answer, whatever it says: nothing of it is shown in a frame, run, guessed at, kept, or given to a page of
 * elsewhere. The dashboard's own files loosen what they need.
 */ export const strictHeaders = {
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin'
};

//# sourceMappingURL=strict-headers.js.map