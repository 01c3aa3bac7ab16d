export * from './deliveries.js';
export * from './endpoints.js';
export * from './watch.saga.js';

//# sourceMappingURL=index.js.map