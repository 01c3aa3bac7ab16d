export { checkRecurrence } from './check.js';
export { next } from './next.js';
export { between, countBetween, latest } from './ranges.js';
export * from './recurrence.js';
export { effective } from './spread.js';
export { affectedByTransitions, clocksChange } from './transitions.js';

//# sourceMappingURL=index.js.map