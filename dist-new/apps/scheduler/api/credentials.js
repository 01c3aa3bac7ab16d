import { isUnreadable } from '#lib/ports';
import { problem, ProblemException } from './problem.js';
import { vaultOutage } from './vault-problem.js';
const TRIES = 5;
/**
 * Replaces what is stored, whatever its version: a person reconnecting is newer than any refresh. A `repeated` request
 * is not: what is stored may have been renewed since its first time, and an old grant that is used again can cost the
 * user the new one. @throws {ProblemException} 409, 503, 507
 */ export async function storeCredentials(vault, owner, { credentials, repeated }) {
    try {
        for(let tries = 0; tries < TRIES; tries += 1){
            const stored = await readable(vault, owner);
            if (repeated && stored !== undefined) return assertStored(stored.secrets, credentials);
            if (await vault.write(owner, {
                ...credentials
            }, stored?.version ?? 0) !== undefined) return;
        }
    } catch (error) {
        throw vaultOutage(error) ?? error;
    }
    throw new ProblemException(problem(409, 'credentials_changing', 'the credentials are being changed by someone else at this moment; send them again'));
}
/** @throws {ProblemException} 503, 507 */ export async function removeCredentials(vault, owner) {
    try {
        await vault.remove(owner);
    } catch (error) {
        throw vaultOutage(error) ?? error;
    }
}
/** What nobody can read any more is nothing: its key was lost, or it was damaged, and connecting again is the cure. */ async function readable(vault, owner) {
    try {
        return await vault.read(owner);
    } catch (error) {
        if (!isUnreadable(error)) throw error;
        await vault.remove(owner);
        return undefined;
    }
}
/** A refresh adds to what was sent; what it replaced, or another request did, is not put back. */ function assertStored(stored, sent) {
    if (Object.entries(sent).every(([name, secret])=>stored[name] === secret)) return;
    throw new ProblemException(problem(409, 'credentials_superseded', 'this Idempotency-Key was used before, and the credentials stored now are others: newer ones, or the first time ' + 'did not come as far as storing these; to replace them, send these with a new Idempotency-Key'));
}

//# sourceMappingURL=credentials.js.map