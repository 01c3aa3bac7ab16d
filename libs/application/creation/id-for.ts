import { createHash } from 'node:crypto';
import type { CommandContext } from '#lib/application/actors';
import type { Environment } from '#lib/ports';

export function derivedId(from: string): string {
  const digest = createHash('sha256').update(from).digest('hex');
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-a${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}

/** Of something new. With an idempotency key it follows from that, so that a repeated request names the same thing. */
export const idFor = ({ tenant, idempotency }: CommandContext, { ids }: Pick<Environment, 'ids'>): string =>
  idempotency === undefined ? ids.next() : derivedId(`${tenant}\n${idempotency.key}`);
