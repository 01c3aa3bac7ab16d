import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { ConnectorError, tokenText } from '../kit/index.js';

export type OauthClient = {
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
};

/** One attempt at getting a person's consent. The verifier never leaves this process before the exchange. */
export type Authorization = {
  readonly url: string;
  readonly state: string;
  readonly verifier: string;
  readonly redirectUri: string;
};

const random = (): string => randomBytes(32).toString('base64url');

/** PKCE with S256 and a state of 256 bits (RFC 7636 §4, RFC 9700 §2.1.1). */
export function beginAuthorization(client: OauthClient, redirectUri: string): Authorization {
  const [state, verifier] = [random(), random()];
  const url = new URL(client.authorizeUrl);
  const asked = {
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: redirectUri,
    scope: client.scopes.join(' '),
    state,
    code_challenge_method: 'S256',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  return { url: url.href, state, verifier, redirectUri };
}

const granted = z.object({ refresh_token: tokenText, scope: z.string().optional() });
const refusal = z.object({ error: z.string().max(100), error_description: z.string().max(300).optional() });
const EXCHANGE_MS = 15_000;

/**
 * Turns the code into a refresh token, once: a code is good for one use.
 * @throws {ConnectorError} with the provider's own word for what is wrong; never with a secret.
 */
export async function exchangeCode(
  client: OauthClient,
  { verifier, redirectUri }: Authorization,
  code: string,
): Promise<{ readonly refreshToken: string; readonly scopes: readonly string[] }> {
  const form = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    client_id: client.clientId,
  };
  const answer = await fetch(client.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({ ...form, code_verifier: verifier }),
    // A redirect would carry the code elsewhere.
    redirect: 'error',
    signal: AbortSignal.timeout(EXCHANGE_MS),
  }).catch(() => {
    throw new ConnectorError('TRANSIENT', `${new URL(client.tokenUrl).host} did not answer; try again`);
  });
  const body: unknown = await answer.json().catch(() => undefined);
  const good = granted.safeParse(body);
  if (answer.ok && good.success)
    return {
      refreshToken: good.data.refresh_token,
      scopes: (good.data.scope ?? client.scopes.join(' ')).split(' '),
    };
  const bad = refusal.safeParse(body);
  const why = bad.success
    ? `${bad.data.error}: ${bad.data.error_description ?? ''}`
    : `status ${answer.status}`;
  throw new ConnectorError('AUTH_REVOKED', `the code was not accepted (${why.trim()}); start again`);
}
