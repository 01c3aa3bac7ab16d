import { HOUR, MINUTE, SECOND, type Millis } from '#lib/domain/kernel';
import type { ProviderLimits, ProviderState } from './provider.js';

/** What is known of a provider before anyone configures it. */
export type ProviderEntry = {
  readonly id: string;
  readonly name: string;
  readonly limits: ProviderLimits;
  /** The shortest interval at which a schedule may ask this provider. */
  readonly minimumInterval: Millis;
};

const breaker = { failures: 10, openMs: 30 * SECOND, maxOpenMs: 30 * MINUTE } as const;

/** Everything that has no entry of its own. */
const anyProvider = {
  limits: { concurrency: 50, userConcurrency: 5, breaker },
  minimumInterval: MINUTE,
} as const;

/**
 * Ours, not the providers' own figures: they publish none. Spotify counts requests in a rolling 30 s window per
 * developer account; OpenAI's cost endpoints are read by day; the file routes cost the provider nothing.
 */
const known: readonly ProviderEntry[] = [
  {
    id: 'netflix',
    name: 'Netflix',
    limits: { concurrency: 4, userConcurrency: 1, breaker },
    minimumInterval: 15 * MINUTE,
  },
  {
    id: 'spotify',
    name: 'Spotify',
    limits: { concurrency: 2, userConcurrency: 1, rate: { starts: 20, perMs: 30 * SECOND }, breaker },
    minimumInterval: 15 * MINUTE,
  },
  {
    id: 'chatgpt',
    name: 'ChatGPT (OpenAI)',
    limits: { concurrency: 2, userConcurrency: 1, rate: { starts: 10, perMs: MINUTE }, breaker },
    minimumInterval: HOUR,
  },
  {
    id: 'amazon_prime',
    name: 'Amazon Prime',
    limits: { concurrency: 4, userConcurrency: 1, breaker },
    minimumInterval: 15 * MINUTE,
  },
];

const aliases: Readonly<Record<string, string>> = {
  openai: 'chatgpt',
  'amazon-prime': 'amazon_prime',
  prime: 'amazon_prime',
};

/** The name under which a provider is known: `openai` is `chatgpt`. */
export const canonicalProvider = (id: string): string =>
  Object.hasOwn(aliases, id) ? (aliases[id] ?? id) : id;

export const providerEntry = (id: string): ProviderEntry =>
  known.find((entry) => entry.id === id) ?? { id, name: id, ...anyProvider };

export const knownProviders: readonly string[] = known.map((entry) => entry.id);

/** The limits in force: those last set, else the defaults. */
export const limitsOf = (id: string, state: Pick<ProviderState, 'limits'> | undefined): ProviderLimits =>
  state?.limits ?? providerEntry(id).limits;
