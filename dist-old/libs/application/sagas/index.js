export * from './conflict-watch.saga.js';
export * from './consent-watch.saga.js';
export * from './connection-care.saga.js';
export * from './dispatch.saga.js';
export * from './lease-watch.saga.js';
export { isOutage } from './outage.js';
export { parkEvent } from './parking.js';
export * from './replay.saga.js';
export * from './saga-runner.js';
export * from './saga.js';
export * from './timing.saga.js';

//# sourceMappingURL=index.js.map