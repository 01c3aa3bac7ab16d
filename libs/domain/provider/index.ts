export * from './catalogue.js';
export * from './decide.js';
export * from './provider.js';
