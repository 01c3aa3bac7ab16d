import { ConnectorError, isConnectorError } from './connector-error.js';
const WORDS = {
    UND_ERR_CONNECT_TIMEOUT: 'did not accept a connection in time',
    UND_ERR_HEADERS_TIMEOUT: 'did not answer in time',
    UND_ERR_BODY_TIMEOUT: 'stopped in the middle of an answer',
    UND_ERR_SOCKET: 'dropped the connection',
    UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'sent less than it announced',
    ECONNRESET: 'dropped the connection',
    ECONNREFUSED: 'refused the connection',
    ENOTFOUND: 'has no address right now (DNS)',
    EAI_AGAIN: 'has no address right now (DNS)'
};
/**
 * What went wrong below HTTP is TRANSIENT, whoever caused it. The library's own message is dropped: it may quote
 * addresses and headers; its code is kept.
 */ export function networkError(provider, error, timedOut) {
    if (isConnectorError(error)) return error;
    if (timedOut) return new ConnectorError('TRANSIENT', `${provider} took too long to answer`, {
        code: 'total_timeout'
    });
    const code = codeOf(error);
    const words = WORDS[code ?? ''] ?? 'could not be reached';
    return new ConnectorError('TRANSIENT', `${provider} ${words}`, {
        code
    });
}
function codeOf(error) {
    if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
    return typeof error.code === 'string' ? error.code : undefined;
}

//# sourceMappingURL=network-error.js.map