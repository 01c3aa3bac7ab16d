export { readableDay } from './dates.js';
export { ourWord } from './words.js';
export { idOf, type GivenId } from './ids.js';
export * from './merge.js';
export * from './observation.js';
export * from './subscription.js';
