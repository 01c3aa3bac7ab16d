import { shapedClient } from '../http-json/shaped-client.js';
import { ConnectorError } from '../kit/index.js';
/** The API version whose shapes we read (plaid.com/docs/api/versioning). */ const VERSION = '2020-09-14';
/**
 * Every call of Plaid is a POST with the credentials in its JSON body.
 * @throws {ConnectorError} AUTH_REVOKED without a bank link, CONFIG without our own keys.
 */ export async function plaidClient(context) {
    const { vault, owner, config, http, signal } = context;
    const secrets = (await vault.read(owner))?.secrets ?? {};
    const { client_id, secret, access_token } = secrets;
    if (access_token === undefined) {
        throw new ConnectorError('AUTH_REVOKED', 'no bank link is stored: connect the bank through Plaid', {
            code: 'no_credentials'
        });
    }
    if (client_id === undefined || secret === undefined) {
        throw new ConnectorError('CONFIG', 'the vault holds no Plaid client id and secret for this connection', {
            code: 'no_client_keys'
        });
    }
    return (path, more, schema)=>{
        const json = {
            client_id,
            secret,
            access_token,
            ...more
        };
        const client = shapedClient(http, {
            json,
            headers: {
                'plaid-version': VERSION
            }
        });
        const hidden = [
            access_token,
            secret,
            client_id
        ];
        const request = {
            where: 'api',
            host: config.environment,
            method: 'POST',
            path
        };
        return client.json({
            ...request,
            secrets: hidden,
            signal
        }, schema);
    };
}

//# sourceMappingURL=client.js.map