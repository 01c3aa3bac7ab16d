export * from './parking.js';

//# sourceMappingURL=index.js.map