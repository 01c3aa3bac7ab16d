import { isRequestKey, keyed, REQUEST_KEY_RULE, type CommandContext } from '#lib/application/actors';
import type { Engine } from '#lib/wiring';

/** For every request that makes something. */
export type RequestOptions = {
  /**
   * A name of the caller's for this very request, 1 to 128 visible ASCII characters: made again under the same, after a
   * crash say, it is answered like the first time and does nothing twice. Under another body it is refused.
   */
  readonly requestKey?: string | undefined;
};

/** Who asks, and under which key. @throws {RangeError} the key is none */
export function requestContext(
  engine: Engine,
  tenant: string,
  asked?: { readonly key: string | undefined; readonly target: string; readonly body: unknown },
): CommandContext {
  const context = { tenant, actor: 'sdk', correlation: engine.environment.ids.next() };
  if (asked?.key === undefined) return context;
  if (!isRequestKey(asked.key))
    throw new RangeError(`a requestKey ${REQUEST_KEY_RULE}, not ${JSON.stringify(asked.key.slice(0, 200))}`);
  return keyed(context, asked.key, asked);
}
