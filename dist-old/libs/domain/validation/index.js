export * from './validate-definition.js';

//# sourceMappingURL=index.js.map