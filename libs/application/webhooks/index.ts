export * from './deliveries.js';
export * from './watch.saga.js';
