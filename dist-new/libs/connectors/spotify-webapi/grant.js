import { SECOND } from '#lib/domain/kernel';
import { ConnectorError, REFRESH_TOKEN } from '../kit/index.js';
import { tokenAnswer } from './answers.js';
/**
 * Refreshes at `POST /api/token`: with `client_id` in the form (PKCE), or with Basic where the vault holds a
 * `client_secret` (developer.spotify.com/documentation/web-api/tutorials/refreshing-tokens). Not bound to the run's
 * signal: other runs may be waiting for the same refresh.
 */ export const refreshGrant = ({ http, config })=>async (secrets)=>{
        const refreshToken = secrets[REFRESH_TOKEN];
        const clientSecret = secrets['client_secret'];
        if (refreshToken === undefined) {
            throw new ConnectorError('AUTH_REVOKED', 'no refresh token is stored: connect the account again', {
                code: 'no_credentials'
            });
        }
        const form = {
            grant_type: 'refresh_token',
            refresh_token: refreshToken
        };
        const answer = await http.json({
            where: 'token',
            host: 'accounts',
            method: 'POST',
            path: '/api/token',
            secrets: [
                refreshToken
            ],
            ...clientSecret === undefined ? {
                form: {
                    ...form,
                    client_id: config.clientId
                }
            } : {
                form,
                basic: {
                    user: config.clientId,
                    password: clientSecret
                }
            }
        }, tokenAnswer);
        return {
            accessToken: answer.access_token,
            expiresInMs: answer.expires_in * SECOND,
            rotated: answer.refresh_token === undefined ? {} : {
                [REFRESH_TOKEN]: answer.refresh_token
            }
        };
    };

//# sourceMappingURL=grant.js.map