import QuickLRU from 'quick-lru';
import { SECOND, type Millis } from '#lib/domain/kernel';
import type { CredentialOwner, CredentialVault, Environment } from '#lib/ports';
import { abortable } from './abort.js';
import type { AccessToken, RefreshGrant } from './oauth-grant.js';
import { refreshOnce } from './oauth-refresh.js';

export type OAuthTokensOptions = {
  readonly vault: CredentialVault;
  readonly environment: Environment;
  /** A token that lives no longer than this is refreshed before use. Default 30 s. */
  readonly marginMs?: Millis;
  /**
   * How long one process may hold the right to refresh. Longer than any token request may take, or two may refresh
   * at once. Default 90 s, against the HTTP client's 60 s.
   */
  readonly claimMs?: Millis;
};

/** Where a connector gets access tokens: from the vault in this process, or from the scheduler that has it. */
export interface AccessTokens {
  /** A token good for at least the margin. @throws {ConnectorError} what the refresh met; CANCELLED by the signal. */
  current(owner: CredentialOwner, refresh: RefreshGrant, signal: AbortSignal): Promise<string>;
  /** A token other than the one that the provider just refused. Throws as {@link current}. */
  renew(owner: CredentialOwner, refused: string, refresh: RefreshGrant, signal: AbortSignal): Promise<string>;
}

type Cached = AccessToken & { readonly version: number };

/**
 * Access tokens per connection. In one process a refresh is shared by whoever asks (single flight); between processes
 * it is claimed in the vault by compare-and-swap, because a rotating provider revokes the whole grant when one refresh
 * token is used twice. See `oauth-refresh.ts` for the states.
 */
export class OAuthTokens implements AccessTokens {
  readonly #options: Required<OAuthTokensOptions>;
  readonly #flights = new Map<string, Promise<Cached>>();
  readonly #cache = new QuickLRU<string, Cached>({ maxSize: 5_000 });

  constructor(options: OAuthTokensOptions) {
    this.#options = { marginMs: 30 * SECOND, claimMs: 90 * SECOND, ...options };
  }

  async current(owner: CredentialOwner, refresh: RefreshGrant, signal: AbortSignal): Promise<string> {
    const cached = this.#cache.get(keyOf(owner));
    if (cached !== undefined && this.#fresh(cached)) return cached.token;
    return (await abortable(this.#join(owner, refresh, undefined), signal)).token;
  }

  async renew(
    owner: CredentialOwner,
    refused: string,
    refresh: RefreshGrant,
    signal: AbortSignal,
  ): Promise<string> {
    const cached = this.#cache.get(keyOf(owner));
    if (cached !== undefined && cached.token !== refused && this.#fresh(cached)) return cached.token;
    const joined = await abortable(this.#join(owner, refresh, refused), signal);
    if (joined.token !== refused) return joined.token;
    // We joined a flight that had begun before the refusal and trusted the same stored token.
    return (await abortable(this.#join(owner, refresh, refused), signal)).token;
  }

  /** Forgets a cached token whose stored record has changed since: the user reconnected, perhaps another account. */
  async revalidate(owner: CredentialOwner): Promise<void> {
    const cached = this.#cache.get(keyOf(owner));
    if (cached === undefined) return;
    const stored = await this.#options.vault.read(owner);
    if (stored?.version !== cached.version) this.#cache.delete(keyOf(owner));
  }

  #fresh(token: AccessToken): boolean {
    return token.expiresAt > this.#options.environment.clock.now() + this.#options.marginMs;
  }

  /** The flight belongs to nobody's signal: one caller's cancel must not lose a rotation for the others. */
  #join(owner: CredentialOwner, refresh: RefreshGrant, refused: string | undefined): Promise<Cached> {
    const key = keyOf(owner);
    const flying = this.#flights.get(key);
    if (flying !== undefined) return flying;
    const flight = refreshOnce(this.#options, { owner, refresh, refused })
      .then((token) => {
        this.#cache.set(key, token);
        return token;
      })
      .finally(() => this.#flights.delete(key));
    this.#flights.set(key, flight);
    return flight;
  }
}

const keyOf = (owner: CredentialOwner): string => JSON.stringify([owner.tenant, owner.connection]);
