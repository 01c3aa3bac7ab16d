export * from './finding.js';
export * from './validate-definition.js';
