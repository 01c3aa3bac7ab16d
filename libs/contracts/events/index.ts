export * from './catalogue.js';
export * from './codec.js';
export { currentData, storedData, upcast, type Upcaster } from './upcasters.js';
