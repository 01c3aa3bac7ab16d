export * from './checkpoint.js';
export * from './patiently.js';
