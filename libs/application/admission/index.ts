export * from './admission.js';
export type { Blocked, Lane, QueuedRun } from './lane.js';
export { offered } from './offered.js';
export { itemOf } from './item-of.js';
export * from './limit-events.js';
