export * from './catalogue.js';
export * from './codec.js';
export { currentData, storedData, upcast } from './upcasters.js';

//# sourceMappingURL=index.js.map