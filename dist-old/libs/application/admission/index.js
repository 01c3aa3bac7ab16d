export * from './admission.js';
export { offered } from './offered.js';
export { itemOf } from './item-of.js';
export * from './provider-events.js';

//# sourceMappingURL=index.js.map