export * from './bulk-changes.js';
export type { BulkFacts, Plan } from './planning.js';
export * from './step.js';
