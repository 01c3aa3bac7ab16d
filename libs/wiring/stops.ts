import type { Admission, Stop } from '#lib/application/admission';
import type { Instant, Millis } from '#lib/domain/kernel';
import type { Heartbeats } from './heartbeats.js';

export type Stopping = {
  readonly admission: Admission;
  readonly heartbeats: Heartbeats;
  readonly configuration: { readonly leaseMs: Millis };
};

/**
 * Why each provider with runs that have not ended is not served now. That nobody does its work comes before its limits, which
 * offers that nobody takes use up: `running` counts those too. A pause is known to whoever asked for it.
 */
export function stops(
  { admission, heartbeats, configuration }: Stopping,
  now: Instant,
  tenant?: string,
): ReadonlyMap<string, Stop | 'no_executor'> {
  const found = new Map<string, Stop | 'no_executor'>(admission.stopped(now, tenant));
  for (const { provider } of admission.lanes()) {
    if (found.get(provider) !== 'provider_paused' && !heartbeats.serve(provider, configuration.leaseMs))
      found.set(provider, 'no_executor');
  }
  return found;
}
