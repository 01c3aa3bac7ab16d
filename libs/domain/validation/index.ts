export type { DefinitionFacts, Finding } from './finding.js';
export * from './validate-definition.js';
