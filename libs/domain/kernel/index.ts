export * from './decider.js';
export * from './instant.js';
