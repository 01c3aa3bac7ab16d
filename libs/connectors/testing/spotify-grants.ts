import { randomUUID } from 'node:crypto';

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
type Access = { readonly user: string; readonly family: Family; readonly until: number };
export type Answer = { readonly status: number; readonly body: object };

/** The accounts side: who consented, which refresh tokens live, which access tokens are good. */
export class SpotifyGrants {
  readonly #families: Family[] = [];
  readonly #access = new Map<string, Access>();

  constructor(readonly rules: GrantRules) {}

  /** The user clicks "Agree": a new refresh token. */
  consent(user: string): string {
    const current = `refresh-${randomUUID()}`;
    this.#families.push({ user, alive: true, current, used: new Set() });
    return current;
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
