import { DAY, type Instant, type Millis } from '#lib/domain/kernel';
import type { Secrets } from '#lib/ports';
import type { ConnectorManifest } from './manifest.js';
import { CONSENTED_AT } from './oauth-grant.js';

/** How old a user's consent is. `expiring`: ask the user now, while syncs still work. */
export type Consent = {
  readonly state: 'fresh' | 'expiring' | 'expired' | 'unknown';
  readonly ageMs?: Millis;
  /** When the provider will stop honouring it, where it has such a rule. */
  readonly endsAt?: Instant;
};

/**
 * Reads `consented_at` (ISO 8601 or epoch milliseconds) from the secrets. Only a warning: the provider's own refusal
 * decides, because its rule may change. Spotify: 180 days whatever was refreshed
 * (developer.spotify.com/blog/2026-06-18-refresh-token-expiration).
 */
export function consentOf(manifest: ConnectorManifest, secrets: Secrets, now: Instant): Consent {
  const stored = secrets[CONSENTED_AT] ?? '';
  const consentedAt = /^\d+$/.test(stored) ? Number(stored) : Date.parse(stored);
  if (Number.isNaN(consentedAt)) return { state: 'unknown' };
  const ageMs = Math.max(now - consentedAt, 0);
  const { maxConsentAgeDays, warnBeforeDays } = manifest.auth;
  if (maxConsentAgeDays === undefined) return { state: 'fresh', ageMs };
  const endsAt = consentedAt + maxConsentAgeDays * DAY;
  const state =
    now >= endsAt ? 'expired' : now >= endsAt - (warnBeforeDays ?? 15) * DAY ? 'expiring' : 'fresh';
  return { state, ageMs, endsAt };
}
