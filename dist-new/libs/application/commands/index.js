export * from './handlers.js';
export * from './messages.js';

//# sourceMappingURL=index.js.map