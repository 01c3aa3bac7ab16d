import { createHash } from 'node:crypto';
/** Six bits a character. */ export const digest = (text, length = 12)=>createHash('sha256').update(text).digest('base64url').slice(0, length);

//# sourceMappingURL=digest.js.map