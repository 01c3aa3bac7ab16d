export { checkRecurrence } from './check.js';
export type { RecurrenceFinding } from './finding.js';
export { next } from './next.js';
export { between, countBetween, latest, type Range, type RangeCount } from './ranges.js';
export * from './recurrence.js';
export { effective } from './spread.js';
export { affectedByTransitions, clocksChange, type AffectedTime } from './transitions.js';
