export * from './catalogue.js';
export * from './decide.js';
export * from './provider.js';

//# sourceMappingURL=index.js.map