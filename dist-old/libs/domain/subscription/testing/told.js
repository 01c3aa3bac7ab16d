/** 23 November 2026. */ export const NOW = Date.UTC(2026, 10, 23);
/** What Spotify's interface says of nobody in particular; the rest as given. */ export const seen = (more = {})=>({
        service: 'spotify',
        connection: 'spotify-ann',
        connector: 'spotify.webapi',
        source: 'api',
        account: null,
        alias: null,
        merchant: null,
        key: 'k',
        confidence: 1,
        asOf: null,
        paidOn: null,
        firstSeen: NOW,
        lastSeen: NOW,
        goneSince: null,
        plan: null,
        status: 'active',
        priceMinor: null,
        currency: null,
        interval: null,
        renewsOn: null,
        autoRenew: null,
        startedOn: null,
        endedOn: null,
        ...more
    });
export const api = (more = {})=>seen({
        account: 'acc',
        plan: 'premium',
        ...more
    });
export const bank = (more = {})=>seen({
        connection: 'bank-ann',
        connector: 'bank.plaid',
        source: 'bank',
        account: 'checking',
        key: 'stream',
        confidence: 0.8,
        priceMinor: 1199,
        currency: 'EUR',
        interval: 'month',
        renewsOn: '2026-12-05',
        asOf: '2026-11-05',
        ...more
    });
export const netflix = (more = {})=>seen({
        service: 'netflix',
        connection: 'netflix-ann',
        connector: 'netflix.export',
        source: 'export',
        ...more
    });
/** A payment that the bank saw; the rest as given. */ export const charge = (more = {})=>({
        service: 'spotify',
        connection: 'bank-ann',
        occurredOn: '2026-11-05',
        amountMinor: 1199,
        currency: 'EUR',
        subscription: null,
        account: null,
        periodStart: null,
        ...more
    });

//# sourceMappingURL=told.js.map