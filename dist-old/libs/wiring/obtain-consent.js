import { beginAuthorization, exchangeCode, isConnectorError, openCallback, spotifyWebapi } from '#lib/connectors';
import { ConfigurationError } from './config.js';
/** Nobody agreed, or the provider did not accept it. The message is for a person and holds no secret. */ export class ConsentRefused extends Error {
    constructor(...args){
        super(...args), this.name = 'ConsentRefused';
    }
}
function spotifyClient({ spotify }) {
    if (spotify.clientId === '') throw new ConfigurationError('set SYNCOPATE_SPOTIFY_CLIENT_ID to the client id of your app (developer.spotify.com/dashboard)');
    return {
        authorizeUrl: `${spotify.accountsUrl}/authorize`,
        tokenUrl: `${spotify.accountsUrl}/api/token`,
        clientId: spotify.clientId,
        scopes: spotifyWebapi.manifest.auth.scopes ?? []
    };
}
/**
 * A person's consent to read a Spotify account, by the authorization code flow with PKCE and a callback on loopback
 * (developer.spotify.com/documentation/web-api/tutorials/code-pkce-flow).
 * @throws {ConfigurationError} without a client id. @throws {ConsentRefused} in all that follows.
 */ export async function obtainSpotifyConsent(options) {
    const client = spotifyClient(options.configuration);
    try {
        const callback = await openCallback(options.port);
        try {
            const authorization = beginAuthorization(client, callback.redirectUri);
            options.onUrl(authorization.url, callback.redirectUri);
            const code = await callback.code(authorization.state, options.waitMs);
            const { refreshToken } = await exchangeCode(client, authorization, code);
            const credentials = {
                refresh_token: refreshToken,
                consented_at: new Date().toISOString()
            };
            const { id: connector, provider } = spotifyWebapi.manifest;
            return {
                provider,
                connector,
                credentials
            };
        } finally{
            await callback.close();
        }
    } catch (error) {
        if (isConnectorError(error)) throw new ConsentRefused(error.message);
        throw error;
    }
}

//# sourceMappingURL=obtain-consent.js.map