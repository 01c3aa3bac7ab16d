export * from './commands.js';
export * from './decide.js';
export * from './definition.js';
export * from './events.js';
export * from './overlap.js';
export * from './requests.js';
export * from './state.js';
export * from './wake-at.js';
export { evolve as evolveSchedule, mergeChanges } from './evolve.js';

//# sourceMappingURL=index.js.map