import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { CommandContext } from '#lib/application/actors';
import type { Engine } from '#lib/wiring';
import { parse } from './input.js';

/** A request, whichever door it came through: parts that need parsing are still as they came. */
export type Call = {
  readonly context: CommandContext;
  /** The resource in question. */
  readonly id: string;
  readonly body?: unknown;
  readonly query?: unknown;
  /** The version that the caller has seen. */
  readonly ifVersion?: number | undefined;
};

/** What a call answers: the body, and for resources with versions what the next change should name. */
export type Reply = {
  readonly body: object;
  readonly version?: number;
  readonly location?: string;
  /** Some of it met an outage: the same call with the same key, later, may do the rest. */
  readonly retry?: boolean;
};

const idempotencyKey = z
  .string()
  .regex(/^[\u0021-\u007e]{1,128}$/, 'an Idempotency-Key has 1 to 128 visible ASCII characters');

/** Who asks and what for; an Idempotency-Key is bound to what is asked (`target`) and to the body. */
export function callContext(
  engine: Engine,
  caller: { readonly tenant: string; readonly actor: string },
  request: { readonly key: string | undefined; readonly target: string; readonly body: unknown },
): CommandContext {
  const context = { ...caller, correlation: engine.environment.ids.next() };
  if (request.key === undefined) return context;
  const key = parse(idempotencyKey, request.key, 'path');
  const fingerprint = createHash('sha256')
    .update(`${request.target}\n${JSON.stringify(request.body ?? null)}`)
    .digest('base64url')
    .slice(0, 22);
  return { ...context, idempotency: { key, fingerprint } };
}
