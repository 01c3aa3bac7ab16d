import QuickLRU from 'quick-lru';
import { SECOND } from '#lib/domain/kernel';
import { abortable } from './abort.js';
import { refreshOnce } from './oauth-refresh.js';
/**
 * Access tokens per connection. In one process a refresh is shared by whoever asks (single flight); between processes
 * it is claimed in the vault by compare-and-swap, because a rotating provider revokes the whole grant when one refresh
 * token is used twice. See `oauth-refresh.ts` for the states.
 */ export class OAuthTokens {
    #options;
    #flights;
    #cache;
    constructor(options){
        this.#flights = new Map();
        this.#cache = new QuickLRU({
            maxSize: 5_000
        });
        this.#options = {
            marginMs: 30 * SECOND,
            claimMs: 90 * SECOND,
            ...options
        };
    }
    async current(owner, refresh, signal) {
        const cached = this.#cache.get(keyOf(owner));
        if (cached !== undefined && this.#fresh(cached)) return cached.token;
        return (await abortable(this.#join(owner, refresh, undefined), signal)).token;
    }
    async renew(owner, refused, refresh, signal) {
        const cached = this.#cache.get(keyOf(owner));
        if (cached !== undefined && cached.token !== refused && this.#fresh(cached)) return cached.token;
        const joined = await abortable(this.#join(owner, refresh, refused), signal);
        if (joined.token !== refused) return joined.token;
        // We joined a flight that had begun before the refusal and trusted the same stored token.
        return (await abortable(this.#join(owner, refresh, refused), signal)).token;
    }
    /** Forgets a cached token whose stored record has changed since: the user reconnected, perhaps another account. */ async revalidate(owner) {
        const cached = this.#cache.get(keyOf(owner));
        if (cached === undefined) return;
        const stored = await this.#options.vault.read(owner);
        if (stored?.version !== cached.version) this.#cache.delete(keyOf(owner));
    }
    #fresh(token) {
        return token.expiresAt > this.#options.environment.clock.now() + this.#options.marginMs;
    }
    /** The flight belongs to nobody's signal: one caller's cancel must not lose a rotation for the others. */ #join(owner, refresh, refused) {
        const key = keyOf(owner);
        const flying = this.#flights.get(key);
        if (flying !== undefined) return flying;
        const flight = refreshOnce(this.#options, {
            owner,
            refresh,
            refused
        }).then((token)=>{
            this.#cache.set(key, token);
            return token;
        }).finally(()=>this.#flights.delete(key));
        this.#flights.set(key, flight);
        return flight;
    }
}
const keyOf = (owner)=>JSON.stringify([
        owner.tenant,
        owner.connection
    ]);

//# sourceMappingURL=oauth-tokens.js.map