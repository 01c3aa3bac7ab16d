import { createHash } from 'node:crypto';

/** Six bits a character. */
export const digest = (text: string, length = 12): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, length);
