export * from './conflict.js';

//# sourceMappingURL=index.js.map