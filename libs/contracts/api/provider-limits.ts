import type { z } from 'zod';
import { providerEntry, type ProviderLimits } from '#lib/domain/provider';
import type { providerLimitsBody } from './requests.js';

export type ProviderLimitsInput = z.input<typeof providerLimitsBody>;

/** The limits as the domain has them. Without a breaker it is the provider's own, as before anyone set limits. */
export const toProviderLimits = (
  { concurrency, userConcurrency, rate, breaker }: z.output<typeof providerLimitsBody>,
  provider: string,
): ProviderLimits => ({
  concurrency,
  userConcurrency,
  ...(rate === undefined ? {} : { rate: { starts: rate.starts, perMs: rate.per } }),
  breaker:
    breaker === undefined
      ? providerEntry(provider).limits.breaker
      : { failures: breaker.failures, openMs: breaker.open, maxOpenMs: breaker.maxOpen },
});
