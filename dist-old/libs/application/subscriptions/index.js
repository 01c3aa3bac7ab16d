export * from './subscription-watch.js';
export * from './view.js';

//# sourceMappingURL=index.js.map