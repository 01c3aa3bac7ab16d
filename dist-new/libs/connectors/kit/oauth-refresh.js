import { ConnectorError, isConnectorError } from './connector-error.js';
import { accessTokenOf, claimOf, REFRESH_TOKEN, withClaim, withGrant, withoutClaim } from './oauth-grant.js';
/**
 * One refresh, over all processes that share a vault. The record in the vault is in one of these states:
 *
 *   token good   → use it; nobody refreshes.
 *   claimed      → another process is asking the provider: look again until its claim ends.
 *   unclaimed    → claim it by compare-and-swap (losing the swap: look again), ask the provider, then store the new
 *                  secrets, the access token and the end of the claim in one write, and only then use the token.
 *
 * A refusal (`invalid_grant`) counts only while the vault still holds the refresh token that was refused: else someone
 * rotated it or the user reconnected, and we look again. A process that dies while it holds the claim delays the others
 * until the claim ends; if the provider had already rotated, that grant is lost, which no store of ours can prevent.
 */ export async function refreshOnce(tools, wanted) {
    // Each turn waits, loses a swap, or ends; the limit outlasts a claim and stops a livelock.
    for(let turn = 0; turn < MAX_TURNS; turn++){
        const answer = await takeTurn(tools, wanted);
        if (answer !== 'again') return answer;
    }
    throw new ConnectorError('TRANSIENT', 'another worker did not finish refreshing the access token', {
        code: 'refresh_contended'
    });
}
const LOOK_AGAIN_MS = 250;
const MAX_TURNS = 1_000;
const MAX_WRITES = 5;
async function takeTurn(tools, wanted) {
    const { vault, environment, marginMs, claimMs } = tools;
    const stored = await vault.read(wanted.owner);
    if (stored === undefined) {
        throw new ConnectorError('AUTH_REVOKED', 'no credentials are stored for this connection: connect the account again', {
            code: 'no_credentials'
        });
    }
    const now = environment.clock.now();
    const token = accessTokenOf(stored.secrets);
    if (token !== undefined && token.token !== wanted.refused && token.expiresAt > now + marginMs) {
        return {
            ...token,
            version: stored.version
        };
    }
    const claim = claimOf(stored.secrets);
    // A claim that ends later than any honest one was written by a clock that is wrong: do not wait for it.
    if (claim !== undefined && claim.until > now && claim.until <= now + 2 * claimMs) {
        await pause(environment, Math.min(LOOK_AGAIN_MS, claim.until - now));
        return 'again';
    }
    const secrets = withClaim(stored.secrets, {
        until: now + claimMs,
        holder: environment.ids.next()
    });
    const version = await vault.write(wanted.owner, secrets, stored.version);
    return version === undefined ? 'again' : await refreshClaimed(tools, wanted, {
        secrets,
        version
    });
}
async function refreshClaimed(tools, wanted, claimed) {
    let grant;
    try {
        grant = await wanted.refresh(withoutClaim(claimed.secrets));
    } catch (error) {
        const released = await tools.vault.write(wanted.owner, withoutClaim(claimed.secrets), claimed.version);
        if (isConnectorError(error, 'AUTH_REVOKED') && released === undefined) {
            const latest = await tools.vault.read(wanted.owner);
            // Rotated or replaced meanwhile, or our claim ran out and its next holder is still asking: theirs may be the answer.
            const replaced = latest?.secrets[REFRESH_TOKEN] !== claimed.secrets[REFRESH_TOKEN];
            if (latest !== undefined && (replaced || claimOf(latest.secrets) !== undefined)) return 'again';
        }
        throw error;
    }
    return await store(tools, wanted.owner, claimed, grant);
}
/**
 * Stores a rotation. Losing the swap here means that our claim ran out and someone took it over with the same refresh
 * token (then ours is the newer one and is stored over it), or that the secrets were replaced (then ours is dropped).
 */ async function store(tools, owner, claimed, grant) {
    const { vault, environment } = tools;
    const expiresAt = environment.clock.now() + grant.expiresInMs;
    let base = claimed;
    for(let write = 0; write < MAX_WRITES; write++){
        const version = await vault.write(owner, withGrant(base.secrets, grant, expiresAt), base.version);
        if (version !== undefined) return {
            token: grant.accessToken,
            expiresAt,
            version
        };
        const latest = await vault.read(owner);
        if (latest === undefined || latest.secrets[REFRESH_TOKEN] !== claimed.secrets[REFRESH_TOKEN]) return 'again';
        base = latest;
    }
    throw new ConnectorError('INTERNAL', 'a refreshed grant could not be stored', {
        code: 'vault_contended'
    });
}
function pause(environment, delay) {
    const { promise, resolve } = Promise.withResolvers();
    environment.timers.after(delay, resolve);
    return promise;
}

//# sourceMappingURL=oauth-refresh.js.map