export * from './scenario.js';
export * from './schedules.js';

//# sourceMappingURL=index.js.map