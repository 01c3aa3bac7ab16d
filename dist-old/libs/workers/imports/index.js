export * from './inbox.js';
export * from './uploads.js';

//# sourceMappingURL=index.js.map