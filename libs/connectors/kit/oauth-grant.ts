import { z } from 'zod';
import type { Instant, Millis } from '#lib/domain/kernel';
import type { Secrets } from '#lib/ports';

/** What a refresh yields. `rotated`: secrets to store before anything is used, e.g. a new `refresh_token`. */
export type Grant = { readonly accessToken: string; readonly expiresInMs: Millis; readonly rotated: Secrets };

/** A token in a provider's answer. One that is longer would not fit into a header, nor beside others into the vault. */
export const tokenText = z.string().min(1).max(8_192);

/** Asks the provider for a new access token. Throws ConnectorError AUTH_REVOKED when the grant is dead. */
export type RefreshGrant = (secrets: Secrets) => Promise<Grant>;

/** Names in the vault that the kit itself keeps beside a connector's secrets. */
export const REFRESH_TOKEN = 'refresh_token';
export const CONSENTED_AT = 'consented_at';
const ACCESS_TOKEN = 'access_token';
const EXPIRES_AT = 'access_token_expires_at';
const CLAIM = 'refresh_claim';

export type AccessToken = { readonly token: string; readonly expiresAt: Instant };
export type RefreshClaim = { readonly until: Instant; readonly holder: string };

export function accessTokenOf(secrets: Secrets): AccessToken | undefined {
  const token = secrets[ACCESS_TOKEN];
  const expiresAt = Number(secrets[EXPIRES_AT]);
  return token === undefined || !Number.isFinite(expiresAt) ? undefined : { token, expiresAt };
}

export function claimOf(secrets: Secrets): RefreshClaim | undefined {
  const [until, holder] = (secrets[CLAIM] ?? '').split('|');
  return holder === undefined || !Number.isFinite(Number(until))
    ? undefined
    : { until: Number(until), holder };
}

export const withClaim = (secrets: Secrets, { until, holder }: RefreshClaim): Secrets => ({
  ...secrets,
  [CLAIM]: `${until}|${holder}`,
});

export function withoutClaim(secrets: Secrets): Secrets {
  const { [CLAIM]: _claim, ...rest } = secrets;
  return rest;
}

export const withGrant = (secrets: Secrets, grant: Grant, expiresAt: Instant): Secrets => ({
  ...withoutClaim(secrets),
  ...grant.rotated,
  [ACCESS_TOKEN]: grant.accessToken,
  [EXPIRES_AT]: String(expiresAt),
});
