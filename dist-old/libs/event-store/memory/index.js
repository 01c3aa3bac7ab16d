export * from './memory-event-store.js';
export * from './memory-log.js';

//# sourceMappingURL=index.js.map