import { DAY } from '#lib/domain/kernel';
import { CONSENTED_AT } from './oauth-grant.js';
/**
 * Reads `consented_at` (ISO 8601 or epoch milliseconds) from the secrets. Only a warning: the provider's own refusal
 * decides, because its rule may change. Spotify: 180 days whatever was refreshed
 * (developer.spotify.com/blog/2026-06-18-refresh-token-expiration).
 */ export function consentOf(manifest, secrets, now) {
    const stored = secrets[CONSENTED_AT] ?? '';
    const consentedAt = /^\d+$/.test(stored) ? Number(stored) : Date.parse(stored);
    if (Number.isNaN(consentedAt)) return {
        state: 'unknown'
    };
    const ageMs = Math.max(now - consentedAt, 0);
    const { maxConsentAgeDays, warnBeforeDays } = manifest.auth;
    if (maxConsentAgeDays === undefined) return {
        state: 'fresh',
        ageMs
    };
    const endsAt = consentedAt + maxConsentAgeDays * DAY;
    const state = now >= endsAt ? 'expired' : now >= endsAt - (warnBeforeDays ?? 15) * DAY ? 'expiring' : 'fresh';
    return {
        state,
        ageMs,
        endsAt
    };
}

//# sourceMappingURL=consent.js.map