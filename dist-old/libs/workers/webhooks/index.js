export * from './http-sender.js';
export * from './secrets.js';

//# sourceMappingURL=index.js.map