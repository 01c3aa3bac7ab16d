import { createHash, randomUUID } from 'node:crypto';

export type GrantRules = {
  readonly clientId: string;
  /** Set: Basic authentication is required in place of `client_id`. */
  readonly clientSecret?: string;
  /** Lifetime of access tokens. Default 3,600 s. */
  readonly tokenSeconds: number;
  /** A refresh yields a new refresh token and ends the old one. */
  readonly rotates: boolean;
  /** A refresh token used twice ends the whole grant, as RFC 9700 §4.14.2 advises. */
  readonly revokesFamily: boolean;
  readonly now: () => number;
};

type Family = { readonly user: string; alive: boolean; current: string; readonly used: Set<string> };
type Code = { readonly user: string; readonly challenge: string; readonly redirectUri: string };
type Access = { readonly user: string; readonly family: Family; readonly until: number };
export type Answer = { readonly status: number; readonly body: object };

/** The accounts side: who consented, which refresh tokens live, which access tokens are good. */
export class SpotifyGrants {
  readonly #families: Family[] = [];
  readonly #access = new Map<string, Access>();

  readonly #codes = new Map<string, Code>();

  constructor(readonly rules: GrantRules) {}

  /** The user clicks "Agree": a new refresh token. */
  consent(user: string): string {
    const current = `refresh-${randomUUID()}`;
    this.#families.push({ user, alive: true, current, used: new Set() });
    return current;
  }

  /** What the browser brings back once the user has agreed at `/authorize`. A code is good once. */
  authorize(user: string, asked: URLSearchParams): string {
    const redirectUri = asked.get('redirect_uri') ?? '';
    if (asked.get('client_id') !== this.rules.clientId || asked.get('code_challenge_method') !== 'S256')
      throw new Error('INVALID_CLIENT or no PKCE');
    const code = `code-${randomUUID()}`;
    this.#codes.set(code, { user, challenge: asked.get('code_challenge') ?? '', redirectUri });
    const back = new URL(redirectUri);
    back.search = new URLSearchParams({ code, state: asked.get('state') ?? '' }).toString();
    return back.href;
  }

  #exchange(form: URLSearchParams): Answer {
    const code = this.#codes.get(form.get('code') ?? '');
    this.#codes.delete(form.get('code') ?? '');
    if (code === undefined) return refused('invalid_grant', 'Invalid authorization code');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (challenge !== code.challenge) return refused('invalid_grant', 'code_verifier was incorrect');
    if (form.get('redirect_uri') !== code.redirectUri)
      return refused('invalid_grant', 'Invalid redirect URI');
    const refreshToken = this.consent(code.user);
    const family = this.#families.find(({ current }) => current === refreshToken);
    const { status, body } = this.#grant(family as Family);
    return { status, body: { refresh_token: refreshToken, ...body } };
  }

  /** The user removes the app. */
  revoke(user: string): void {
    for (const family of this.#families) if (family.user === user) family.alive = false;
  }

  /** All access tokens end now, the grants stay. */
  expireAccess(): void {
    this.#access.clear();
  }

  /** Every refresh token that was ever given out. */
  everyRefreshToken(): readonly string[] {
    return this.#families.flatMap((family) => [...family.used, family.current]);
  }

  userOf(token: string): string | undefined {
    const access = this.#access.get(token);
    return access !== undefined && access.family.alive && access.until > this.rules.now()
      ? access.user
      : undefined;
  }

  refresh(form: URLSearchParams, authorization: string | undefined): Answer {
    const { clientId, clientSecret } = this.rules;
    const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    const known = clientSecret === undefined ? form.get('client_id') === clientId : authorization === basic;
    if (!known) return refused('invalid_client', 'Invalid client');
    if (form.get('grant_type') === 'authorization_code') return this.#exchange(form);
    if (form.get('grant_type') !== 'refresh_token')
      return refused('unsupported_grant_type', 'grant_type must be refresh_token');
    const given = form.get('refresh_token') ?? '';
    const family = this.#families.find(
      (candidate) => candidate.current === given || candidate.used.has(given),
    );
    if (family === undefined || !family.alive) return refused('invalid_grant', 'Refresh token revoked');
    if (family.current === given) return this.#grant(family);
    if (this.rules.revokesFamily) family.alive = false;
    return refused('invalid_grant', 'Invalid refresh token');
  }

  #grant(family: Family): Answer {
    const token = `access-${randomUUID()}`;
    this.#access.set(token, {
      user: family.user,
      family,
      until: this.rules.now() + this.rules.tokenSeconds * 1000,
    });
    const body = {
      access_token: token,
      token_type: 'Bearer',
      scope: 'user-read-private user-read-recently-played',
      expires_in: this.rules.tokenSeconds,
    };
    if (!this.rules.rotates) return { status: 200, body };
    family.used.add(family.current);
    family.current = `refresh-${randomUUID()}`;
    return { status: 200, body: { ...body, refresh_token: family.current } };
  }
}

const refused = (error: string, description: string): Answer => ({
  status: 400,
  body: { error, error_description: description },
});
