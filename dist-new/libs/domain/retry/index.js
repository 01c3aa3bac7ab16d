export * from './error-class.js';
export * from './retry-after.js';
export * from './retry-policy.js';
export * from './wait.js';

//# sourceMappingURL=index.js.map