import { createHash, randomUUID } from 'node:crypto';
/** The accounts side: who consented, which refresh tokens live, which access tokens are good. */ export class SpotifyGrants {
    #families;
    #access;
    #codes;
    constructor(rules){
        this.rules = rules;
        this.#families = [];
        this.#access = new Map();
        this.#codes = new Map();
    }
    /** The user clicks "Agree": a new refresh token. */ consent(user) {
        const current = `refresh-${randomUUID()}`;
        this.#families.push({
            user,
            alive: true,
            current,
            used: new Set()
        });
        return current;
    }
    /** What the browser brings back once the user has agreed at `/authorize`. A code is good once. */ authorize(user, asked) {
        const redirectUri = asked.get('redirect_uri') ?? '';
        if (asked.get('client_id') !== this.rules.clientId || asked.get('code_challenge_method') !== 'S256') throw new Error('INVALID_CLIENT or no PKCE');
        const code = `code-${randomUUID()}`;
        this.#codes.set(code, {
            user,
            challenge: asked.get('code_challenge') ?? '',
            redirectUri
        });
        const back = new URL(redirectUri);
        back.search = new URLSearchParams({
            code,
            state: asked.get('state') ?? ''
        }).toString();
        return back.href;
    }
    #exchange(form) {
        const code = this.#codes.get(form.get('code') ?? '');
        this.#codes.delete(form.get('code') ?? '');
        if (code === undefined) return refused('invalid_grant', 'Invalid authorization code');
        const challenge = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url');
        if (challenge !== code.challenge) return refused('invalid_grant', 'code_verifier was incorrect');
        if (form.get('redirect_uri') !== code.redirectUri) return refused('invalid_grant', 'Invalid redirect URI');
        const refreshToken = this.consent(code.user);
        const family = this.#families.find(({ current })=>current === refreshToken);
        const { status, body } = this.#grant(family);
        return {
            status,
            body: {
                refresh_token: refreshToken,
                ...body
            }
        };
    }
    /** The user removes the app. */ revoke(user) {
        for (const family of this.#families)if (family.user === user) family.alive = false;
    }
    /** All access tokens end now, the grants stay. */ expireAccess() {
        this.#access.clear();
    }
    /** Every refresh token that was ever given out. */ everyRefreshToken() {
        return this.#families.flatMap((family)=>[
                ...family.used,
                family.current
            ]);
    }
    userOf(token) {
        const access = this.#access.get(token);
        return access !== undefined && access.family.alive && access.until > this.rules.now() ? access.user : undefined;
    }
    refresh(form, authorization) {
        const { clientId, clientSecret } = this.rules;
        const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
        const known = clientSecret === undefined ? form.get('client_id') === clientId : authorization === basic;
        if (!known) return refused('invalid_client', 'Invalid client');
        if (form.get('grant_type') === 'authorization_code') return this.#exchange(form);
        if (form.get('grant_type') !== 'refresh_token') return refused('unsupported_grant_type', 'grant_type must be refresh_token');
        const given = form.get('refresh_token') ?? '';
        const family = this.#families.find((candidate)=>candidate.current === given || candidate.used.has(given));
        if (family === undefined || !family.alive) return refused('invalid_grant', 'Refresh token revoked');
        if (family.current === given) return this.#grant(family);
        if (this.rules.revokesFamily) family.alive = false;
        return refused('invalid_grant', 'Invalid refresh token');
    }
    #grant(family) {
        const token = `access-${randomUUID()}`;
        this.#access.set(token, {
            user: family.user,
            family,
            until: this.rules.now() + this.rules.tokenSeconds * 1000
        });
        const body = {
            access_token: token,
            token_type: 'Bearer',
            scope: 'user-read-private user-read-recently-played',
            expires_in: this.rules.tokenSeconds
        };
        if (!this.rules.rotates) return {
            status: 200,
            body
        };
        family.used.add(family.current);
        family.current = `refresh-${randomUUID()}`;
        return {
            status: 200,
            body: {
                ...body,
                refresh_token: family.current
            }
        };
    }
}
const refused = (error, description)=>({
        status: 400,
        body: {
            error,
            error_description: description
        }
    });

//# sourceMappingURL=spotify-grants.js.map