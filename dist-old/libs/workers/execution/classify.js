import { isErrorClass } from '#lib/domain/retry';
/** Network trouble by Node's and undici's codes: worth another try. */ const transientCodes = new Set([
    'ECONNRESET',
    'ECONNREFUSED',
    'ECONNABORTED',
    'EPIPE',
    'ETIMEDOUT',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'UND_ERR_CONNECT_TIMEOUT',
    'UND_ERR_HEADERS_TIMEOUT',
    'UND_ERR_BODY_TIMEOUT',
    'UND_ERR_SOCKET'
]);
const MESSAGE_LIMIT = 500;
/**
 * What an engine threw, as a failure. An engine that knows better puts one of our error classes on the error
 * (`class`), and `retryAfterMs` where the provider named a time; anything unknown is `INTERNAL`.
 */ export function classifyThrown(thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const { class: declared, code, retryAfterMs } = error;
    const message = error.message.slice(0, MESSAGE_LIMIT) || error.name;
    const known = isErrorClass(declared) ? declared : typeof code === 'string' && transientCodes.has(code) ? 'TRANSIENT' : 'INTERNAL';
    return {
        class: known,
        message,
        ...typeof code === 'string' ? {
            code
        } : {},
        ...typeof retryAfterMs === 'number' && retryAfterMs > 0 ? {
            retryAfterMs
        } : {}
    };
}

//# sourceMappingURL=classify.js.map