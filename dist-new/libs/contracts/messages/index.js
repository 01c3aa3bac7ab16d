export * from './desk-batch.js';
export * from './leases.js';
export * from './schemas.js';
export * from './subjects.js';
export * from './work.js';

//# sourceMappingURL=index.js.map