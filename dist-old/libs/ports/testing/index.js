export * from './draws.js';
export * from './still-time.js';
export * from './until.js';
export * from './virtual-time.js';

//# sourceMappingURL=index.js.map