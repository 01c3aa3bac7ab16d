export * from './event-store.js';
export * from './errors.js';

//# sourceMappingURL=index.js.map