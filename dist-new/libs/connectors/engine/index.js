export * from './engine.js';
export * from './options.js';

//# sourceMappingURL=index.js.map