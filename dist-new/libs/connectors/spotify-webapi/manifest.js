import { z } from 'zod';
import { HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
/** `clientId`: the operator's own Spotify app; it may come from the deployment rather than from each connection. */ export const spotifyConfig = z.strictObject({
    clientId: z.string().min(1).max(200)
});
const reconnect = 'Spotify no longer accepts this consent: connect the account again';
/**
 * Order matters: the first match wins. Statuses and bodies by
 * developer.spotify.com/documentation/web-api/concepts/api-calls, …/rate-limits, the June and July 2026 blog posts on
 * refresh tokens and quota, and zmb3/spotify#301 for the plain-text 403s.
 */ const errors = [
    {
        where: 'token',
        json: {
            '/error': 'invalid_grant'
        },
        class: 'AUTH_REVOKED',
        advice: reconnect
    },
    {
        where: 'token',
        json: {
            '/error': 'invalid_client'
        },
        class: 'APP_BLOCKED',
        advice: 'Spotify refuses our app: the operator must check the client id and secret'
    },
    {
        where: 'api',
        status: 401,
        class: 'AUTH_EXPIRED'
    },
    {
        where: 'api',
        status: 403,
        bodyContains: 'owner of the app',
        class: 'APP_BLOCKED',
        // The documentation says that recovery takes hours after the owner paid.
        fallbackDelayMs: 3 * HOUR,
        advice: 'the owner of the Spotify app needs an active Premium subscription: the operator must act'
    },
    {
        where: 'api',
        status: 403,
        bodyContains: 'not registered',
        class: 'PERMISSION',
        advice: 'the operator must add this user in the Spotify developer dashboard; connecting again does not help'
    },
    {
        where: 'api',
        status: 403,
        bodyContains: 'insufficient client scope',
        class: 'PERMISSION',
        advice: 'a permission is missing: connect the account again and allow it'
    },
    {
        where: 'api',
        status: 403,
        class: 'PERMISSION',
        advice: 'Spotify does not allow this for the account'
    },
    {
        where: 'api',
        status: 429,
        json: {
            '/error/reason': 'QUOTA_EXCEEDED'
        },
        class: 'QUOTA_EXHAUSTED',
        delayHeader: 'retry-after',
        fallbackDelayMs: HOUR
    },
    // The window rolls over 30 s, so that is what to wait where the header is missing.
    {
        where: 'api',
        status: 429,
        class: 'RATE_LIMITED',
        delayHeader: 'retry-after',
        fallbackDelayMs: 30 * SECOND
    },
    {
        where: 'token',
        status: 429,
        class: 'RATE_LIMITED',
        delayHeader: 'retry-after',
        fallbackDelayMs: 30 * SECOND
    }
];
export const manifest = {
    id: 'spotify.webapi',
    version: '1.0.0',
    protocol: 1,
    provider: 'spotify',
    auth: {
        kind: 'oauth2_pkce',
        scopes: [
            'user-read-private',
            'user-read-recently-played'
        ],
        maxConsentAgeDays: 180,
        warnBeforeDays: 15
    },
    transport: 'http_pull',
    hosts: {
        accounts: 'https://accounts.spotify.com',
        api: 'https://api.spotify.com'
    },
    streams: [
        {
            name: 'subscriptions',
            modes: [
                'full'
            ],
            key: [
                'account_ref'
            ]
        },
        {
            name: 'usage',
            modes: [
                'full',
                'incremental'
            ],
            cursor: 'played_at',
            key: [
                'account_ref',
                'played_at',
                'item_ref'
            ]
        }
    ],
    // Spotify publishes no numbers; since July 2026 all client ids of one developer share a quota.
    limits: {
        bucketScope: 'developer_account',
        requests: 20,
        perSeconds: 30,
        concurrency: 2,
        concurrencyPerConnection: 1
    },
    // Only about the last 50 plays can be read, so an active listener needs a sync at least every 60–90 minutes.
    schedule: {
        defaultIntervalMs: HOUR,
        minIntervalMs: 15 * MINUTE,
        losesDataAfterMs: 90 * MINUTE
    },
    run: {
        timeoutMs: 2 * MINUTE,
        maxAttempts: 5,
        backoff: {
            baseMs: 2 * SECOND,
            factor: 2,
            maxMs: 15 * MINUTE
        }
    },
    errors,
    config: spotifyConfig,
    secrets: [
        'refresh_token',
        'client_secret'
    ]
};

//# sourceMappingURL=manifest.js.map