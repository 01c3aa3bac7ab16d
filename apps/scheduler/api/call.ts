import { z } from 'zod';
import { isRequestKey, keyed, REQUEST_KEY_RULE, type CommandContext } from '#lib/application/actors';
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

const idempotencyKey = z.string().refine(isRequestKey, `an Idempotency-Key ${REQUEST_KEY_RULE}`);

/** Who asks and what for; an Idempotency-Key is bound to what is asked (`target`) and to the body. */
export function callContext(
  engine: Engine,
  caller: { readonly tenant: string; readonly actor: string },
  request: { readonly key: string | undefined; readonly target: string; readonly body: unknown },
): CommandContext {
  const { tenant, actor } = caller;
  const context = { tenant, actor, correlation: engine.environment.ids.next() };
  if (request.key === undefined) return context;
  return keyed(context, parse(idempotencyKey, request.key, 'key'), request);
}
