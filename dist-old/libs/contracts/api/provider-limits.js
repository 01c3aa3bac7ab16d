import { providerEntry } from '#lib/domain/provider';
/** The limits as the domain has them. Without a breaker it is the provider's own, as before anyone set limits. */ export const toProviderLimits = ({ concurrency, userConcurrency, rate, breaker }, provider)=>({
        concurrency,
        userConcurrency,
        ...rate === undefined ? {} : {
            rate: {
                starts: rate.starts,
                perMs: rate.per
            }
        },
        breaker: breaker === undefined ? providerEntry(provider).limits.breaker : {
            failures: breaker.failures,
            openMs: breaker.open,
            maxOpenMs: breaker.maxOpen
        }
    });

//# sourceMappingURL=provider-limits.js.map