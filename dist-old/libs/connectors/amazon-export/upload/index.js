export * from './bad-rows.js';
export * from './import-upload.js';
export * from './pathed-members.js';
export * from './record-key.js';
export * from './row-digests.js';
export * from './strict-money.js';
export * from './upload-head.js';

//# sourceMappingURL=index.js.map