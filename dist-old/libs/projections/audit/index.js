export { DigestFolder, digestName } from './digest-folder.js';
export { parseDigest } from './digest.js';
export { auditedStreams, seal } from './seal.js';
export { verifyAudit } from './verify.js';

//# sourceMappingURL=index.js.map