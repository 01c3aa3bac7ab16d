import { createHash } from 'node:crypto';
import type { CommandContext } from './command.js';

const KEY = /^[\u0021-\u007e]{1,128}$/;

export const REQUEST_KEY_RULE = 'has 1 to 128 visible ASCII characters';
export const isRequestKey = (key: string): boolean => KEY.test(key);

/** A request under its caller's key, which is bound to what is asked (`target`) and to the body. */
export function keyed(
  context: CommandContext,
  key: string,
  asked: { readonly target: string; readonly body: unknown },
): CommandContext {
  const fingerprint = createHash('sha256')
    .update(`${asked.target}\n${JSON.stringify(asked.body ?? null)}`)
    .digest('base64url')
    .slice(0, 22);
  return { ...context, idempotency: { key, fingerprint } };
}

/** Longest name of a request. */
const LONGEST_NAME = 64;

/** What a run is named after: the key itself, or of a long one its digest, for keys may differ in their last character. */
export function requestNamed(key: string): string {
  const name = Buffer.from(key).toString('base64url');
  return name.length <= LONGEST_NAME ? name : createHash('sha256').update(key).digest('base64url');
}
