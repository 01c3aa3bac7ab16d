export * from './conformance.js';

//# sourceMappingURL=index.js.map