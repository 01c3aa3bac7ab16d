export * from './catalogue.js';
export * from './codec.js';
export * from './upcasters.js';
