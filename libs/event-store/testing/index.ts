export * from './contract.js';
export * from './reading.js';
export * from './store-but.js';
export * from './test-events.js';
