import { ConnectorError, isConnectorError } from './connector-error.js';
/**
 * Sends with the connection's access token. A 401 (AUTH_EXPIRED by the table) is answered by one shared refresh and
 * one retry; a second 401 means that the grant itself is refused.
 * @throws {ConnectorError} AUTH_REVOKED, and everything that {@link HttpClient.json} throws.
 */ export async function authorised(context, refresh, request, schema) {
    const { owner, tokens, signal, http } = context;
    const token = await tokens.current(owner, refresh, signal);
    try {
        return await http.json({
            ...request,
            bearer: token,
            signal
        }, schema);
    } catch (error) {
        if (!isConnectorError(error, 'AUTH_EXPIRED')) throw error;
    }
    const renewed = await tokens.renew(owner, token, refresh, signal);
    try {
        return await http.json({
            ...request,
            bearer: renewed,
            signal
        }, schema);
    } catch (error) {
        if (!isConnectorError(error, 'AUTH_EXPIRED')) throw error;
        throw new ConnectorError('AUTH_REVOKED', `a fresh access token was refused: connect the account again (${error.message})`, {
            code: 'token_refused_twice'
        });
    }
}

//# sourceMappingURL=authorised.js.map