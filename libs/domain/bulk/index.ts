export * from './bulk-change.js';
export * from './decide.js';
export * from './plan.js';
export * from './told.js';
