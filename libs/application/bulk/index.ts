export * from './bulk-changes.js';
export type { BulkFacts, Plan, Refusal } from './planning.js';
export * from './step.js';
