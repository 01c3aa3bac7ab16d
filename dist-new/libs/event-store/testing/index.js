export * from './contract.js';
export * from './reading.js';
export * from './test-events.js';

//# sourceMappingURL=index.js.map