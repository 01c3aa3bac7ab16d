export * from './clock.js';
export * from './credentials.js';
export * from './leases.js';
export * from './pause.js';
export * from './sink.js';
export * from './slots.js';
export * from './sync-engine.js';
export * from './synced-records.js';
export * from './webhook-sender.js';

//# sourceMappingURL=index.js.map