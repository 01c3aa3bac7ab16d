export * from './classify.js';
export * from './executor.js';
export * from './resource-monitor.js';

//# sourceMappingURL=index.js.map