export * from './merge.js';
export * from './observation.js';
export * from './subscription.js';
