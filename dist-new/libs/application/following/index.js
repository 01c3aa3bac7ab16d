export * from './checkpoint.js';
export * from './patiently.js';

//# sourceMappingURL=index.js.map