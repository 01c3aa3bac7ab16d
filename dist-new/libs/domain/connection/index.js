export * from './connection.js';
export * from './decide.js';

//# sourceMappingURL=index.js.map