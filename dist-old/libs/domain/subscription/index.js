export { readableDay } from './dates.js';
export { ourWord } from './words.js';
export { idOf } from './ids.js';
export * from './merge.js';
export * from './observation.js';
export * from './subscription.js';

//# sourceMappingURL=index.js.map