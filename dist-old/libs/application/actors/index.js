export * from './request-key.js';
export * from './actors.js';
export * from './aggregate.js';
export * from './command.js';

//# sourceMappingURL=index.js.map