export * from './error-class.js';
export * from './retry-policy.js';
