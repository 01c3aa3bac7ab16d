export * from './engine.js';
export * from './options.js';
