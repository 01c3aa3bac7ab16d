export * from './decider.js';
export * from './equality.js';
export * from './instant.js';

//# sourceMappingURL=index.js.map