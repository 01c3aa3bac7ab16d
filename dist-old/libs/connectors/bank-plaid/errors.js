import { HOUR, MINUTE } from '#lib/domain/kernel';
const relink = "the bank wants the user to sign in again: connect the bank once more through Plaid, in Link's update mode";
const keys = 'Plaid refuses the client id or secret for this environment: the operator must check both';
/** Plaid says what is wrong in the body; the status is 400 for nearly all (plaid.com/docs/errors). */ const code = (value, errorClass, rest = {})=>({
        where: 'api',
        json: {
            '/error_code': value
        },
        class: errorClass,
        ...rest
    });
const type = (value, errorClass, rest = {})=>({
        where: 'api',
        json: {
            '/error_type': value
        },
        class: errorClass,
        ...rest
    });
/** First match wins: codes before the types that they belong to. */ export const errors = [
    // …/docs/errors/transactions. In the middle of paging it means "begin again", which the pager does by itself.
    code('TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION', 'CURSOR_INVALID'),
    // A cursor of another Item, or one that is too old: reported as a bad field, with the field in the text.
    {
        where: 'api',
        json: {
            '/error_code': 'INVALID_FIELD'
        },
        bodyContains: 'cursor',
        class: 'CURSOR_INVALID'
    },
    // …/docs/errors/item
    code('PRODUCT_NOT_READY', 'DATA_NOT_READY', {
        fallbackDelayMs: 5 * MINUTE
    }),
    code('ITEM_LOGIN_REQUIRED', 'AUTH_REVOKED', {
        advice: relink
    }),
    code('USER_PERMISSION_REVOKED', 'AUTH_REVOKED', {
        advice: relink
    }),
    code('ITEM_NOT_FOUND', 'AUTH_REVOKED', {
        advice: 'this bank link was removed: connect the bank again'
    }),
    code('ITEM_LOCKED', 'AUTH_REVOKED', {
        advice: 'the bank has locked this account: unlock it there, then connect it again'
    }),
    code('ACCESS_NOT_GRANTED', 'PERMISSION', {
        advice: 'the user did not share transactions: connect the bank again and allow them'
    }),
    code('NO_ACCOUNTS', 'PERMISSION', {
        advice: 'no account is shared with us: connect the bank again and choose one'
    }),
    code('ADDITIONAL_CONSENT_REQUIRED', 'PERMISSION', {
        advice: 'the user never agreed to share transactions: connect the bank again and allow them'
    }),
    code('PRODUCTS_NOT_SUPPORTED', 'PERMISSION', {
        advice: 'this bank does not give transactions to Plaid; connecting again does not help'
    }),
    code('INVALID_PRODUCT', 'PERMISSION', {
        advice: 'Plaid has not enabled Transactions for our client: the operator must ask for it'
    }),
    type('ITEM_ERROR', 'AUTH_REVOKED', {
        advice: relink
    }),
    // …/docs/errors/invalid-input. The keys are this connection's own, so no other connection is to suffer.
    code('INVALID_ACCESS_TOKEN', 'AUTH_REVOKED', {
        advice: 'Plaid does not know this bank link in this environment: connect the bank again'
    }),
    code('INVALID_API_KEYS', 'CONFIG', {
        advice: keys
    }),
    code('UNAUTHORIZED_ENVIRONMENT', 'CONFIG', {
        advice: keys
    }),
    // …/docs/errors/rate-limit-exceeded. It names no time, in no header: limits are counted by the minute.
    type('RATE_LIMIT_EXCEEDED', 'RATE_LIMITED', {
        fallbackDelayMs: MINUTE
    }),
    code('RATE_LIMIT_EXCEEDED', 'RATE_LIMITED', {
        fallbackDelayMs: MINUTE
    }),
    // …/docs/errors/institution
    code('INSTITUTION_NO_LONGER_SUPPORTED', 'CONFIG', {
        advice: 'Plaid no longer serves this bank: remove the connection'
    }),
    code('INSTITUTION_DOWN', 'TRANSIENT', {
        fallbackDelayMs: 10 * MINUTE
    }),
    type('INSTITUTION_ERROR', 'TRANSIENT', {
        fallbackDelayMs: 5 * MINUTE
    }),
    // …/docs/errors/api
    code('PLANNED_MAINTENANCE', 'TRANSIENT', {
        fallbackDelayMs: HOUR
    }),
    type('API_ERROR', 'TRANSIENT'),
    type('INVALID_REQUEST', 'CONFIG'),
    type('INVALID_INPUT', 'CONFIG'),
    type('INVALID_RESULT', 'CONFIG')
];

//# sourceMappingURL=errors.js.map