import { HOUR, MINUTE } from '#lib/domain/kernel';
export const KEYS_PAGE = 'platform.openai.com/settings/organization/admin-keys';
/** Said with 429, of the monthly budget also with 400. */ const quota = {
    where: 'api',
    class: 'QUOTA_EXHAUSTED',
    delayHeader: 'retry-after',
    // Somebody has to pay first, and the documentation says not to retry before.
    fallbackDelayMs: 6 * HOUR,
    advice: 'the credit or the monthly budget of this OpenAI organization is used up: add credit, or wait'
};
/**
 * First match wins. Statuses and codes by developers.openai.com/docs/guides/error-codes, whose error bodies are
 * `{"error":{"message","type","param","code"}}`; it says to tell the two kinds of 429 apart by `error.code`.
 */ export const errors = [
    {
        where: 'api',
        status: 401,
        json: {
            '/error/code': 'ip_not_authorized'
        },
        class: 'CONFIG',
        advice: "the organization's IP allowlist does not hold our address: its owner must add it"
    },
    {
        where: 'api',
        status: 401,
        bodyContains: 'IP not authorized',
        class: 'CONFIG',
        advice: "the organization's IP allowlist does not hold our address: its owner must add it"
    },
    {
        where: 'api',
        status: 401,
        class: 'AUTH_REVOKED',
        advice: `OpenAI does not accept this key: create an Admin key (${KEYS_PAGE}) and store it here`
    },
    {
        where: 'api',
        status: 403,
        json: {
            '/error/code': 'unsupported_country_region_territory'
        },
        class: 'CONFIG',
        advice: 'OpenAI does not serve the country that our requests come from'
    },
    {
        where: 'api',
        status: 403,
        bodyContains: 'country, region, or territory not supported',
        class: 'CONFIG',
        advice: 'OpenAI does not serve the country that our requests come from'
    },
    {
        where: 'api',
        status: 403,
        class: 'PERMISSION',
        advice: `this key may not read costs and usage: an owner of the organization must create an Admin key (${KEYS_PAGE})`
    },
    {
        ...quota,
        json: {
            '/error/code': 'insufficient_quota'
        }
    },
    {
        ...quota,
        json: {
            '/error/type': 'insufficient_quota'
        }
    },
    {
        ...quota,
        json: {
            '/error/code': 'credit_balance_exhausted'
        }
    },
    {
        ...quota,
        json: {
            '/error/code': 'billing_hard_limit_reached'
        }
    },
    // Admin endpoints publish no numbers; limits of the others are counted by the minute.
    {
        where: 'api',
        status: 429,
        class: 'RATE_LIMITED',
        delayHeader: 'retry-after',
        fallbackDelayMs: MINUTE
    },
    {
        where: 'api',
        json: {
            '/error/code': 'server_is_overloaded'
        },
        class: 'TRANSIENT',
        delayHeader: 'retry-after'
    },
    {
        where: 'api',
        status: 400,
        class: 'CONFIG',
        advice: 'OpenAI refuses what the settings ask for'
    },
    {
        where: 'api',
        status: 404,
        class: 'CONFIG',
        advice: 'OpenAI does not know this address'
    }
];

//# sourceMappingURL=errors.js.map