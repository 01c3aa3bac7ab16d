/** Names in the vault that the kit itself keeps beside a connector's secrets. */ export const REFRESH_TOKEN = 'refresh_token';
export const CONSENTED_AT = 'consented_at';
const ACCESS_TOKEN = 'access_token';
const EXPIRES_AT = 'access_token_expires_at';
const CLAIM = 'refresh_claim';
export function accessTokenOf(secrets) {
    const token = secrets[ACCESS_TOKEN];
    const expiresAt = Number(secrets[EXPIRES_AT]);
    return token === undefined || !Number.isFinite(expiresAt) ? undefined : {
        token,
        expiresAt
    };
}
export function claimOf(secrets) {
    const [until, holder] = (secrets[CLAIM] ?? '').split('|');
    return holder === undefined || !Number.isFinite(Number(until)) ? undefined : {
        until: Number(until),
        holder
    };
}
export const withClaim = (secrets, { until, holder })=>({
        ...secrets,
        [CLAIM]: `${until}|${holder}`
    });
export function withoutClaim(secrets) {
    const { [CLAIM]: _claim, ...rest } = secrets;
    return rest;
}
export const withGrant = (secrets, grant, expiresAt)=>({
        ...withoutClaim(secrets),
        ...grant.rotated,
        [ACCESS_TOKEN]: grant.accessToken,
        [EXPIRES_AT]: String(expiresAt)
    });

//# sourceMappingURL=oauth-grant.js.map