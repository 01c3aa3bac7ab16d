export * from './direct-start.js';
export * from './executor-desk.js';
export * from './place-start.js';

//# sourceMappingURL=index.js.map