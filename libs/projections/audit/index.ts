export { DigestFolder, digestName } from './digest-folder.js';
export { parseDigest, type Digest, type Sealed } from './digest.js';
export { auditedStreams, seal, type ReadLog, type SealOptions } from './seal.js';
export { verifyAudit, type AuditFinding, type AuditReport, type VerifyOptions } from './verify.js';
