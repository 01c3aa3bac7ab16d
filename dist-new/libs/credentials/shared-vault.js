import { z } from 'zod';
import { plaintext, seal, unseal } from './sealing.js';
import { vaultKeys } from './vault-key.js';
const recordSchema = z.object({
    version: z.number().int().min(1),
    sealed: z.object({
        keyId: z.string(),
        nonce: z.string(),
        box: z.string()
    }).optional()
});
/**
 * The vault where several schedulers share it: sealed here, so that whoever holds the map has nothing without the key.
 * Versions are ours and grow by one, over a removal too; the map's revisions only arbitrate.
 */ export class SharedVault {
    #keys;
    /** @throws {VaultError} key_invalid */ constructor(map, keys){
        this.map = map;
        this.#keys = vaultKeys(keys);
    }
    async read(owner) {
        const found = await this.#find(owner);
        if (found?.record.sealed === undefined) return undefined;
        const { version, sealed } = found.record;
        const bytes = {
            keyId: sealed.keyId,
            nonce: Buffer.from(sealed.nonce, 'base64'),
            box: Buffer.from(sealed.box, 'base64')
        };
        return {
            secrets: unseal(this.#keys, {
                ...owner,
                version
            }, bytes),
            version
        };
    }
    async write(owner, secrets, expected) {
        plaintext(secrets);
        const found = await this.#find(owner);
        const current = found?.record.sealed === undefined ? 0 : found.record.version;
        if (current !== expected) return undefined;
        const version = (found?.record.version ?? 0) + 1;
        const { keyId, nonce, box } = seal(this.#keys[0], {
            ...owner,
            version
        }, secrets);
        const sealed = {
            keyId,
            nonce: Buffer.from(nonce).toString('base64'),
            box: Buffer.from(box).toString('base64')
        };
        const written = await this.#put(owner, {
            version,
            sealed
        }, found?.revision ?? 0);
        return written ? version : undefined;
    }
    async remove(owner) {
        for(;;){
            const found = await this.#find(owner);
            if (found === undefined) return;
            if (await this.#put(owner, {
                version: found.record.version
            }, found.revision)) return;
        }
    }
    async #find(owner) {
        const stored = await this.map.read(keyOf(owner));
        if (stored === undefined) return undefined;
        return {
            record: recordSchema.parse(JSON.parse(stored.value)),
            revision: stored.revision
        };
    }
    #put(owner, record, revision) {
        return this.map.write(keyOf(owner), JSON.stringify(record), revision);
    }
}
const part = (text)=>Buffer.from(text).toString('base64url');
const keyOf = ({ tenant, connection })=>`${part(tenant)}.${part(connection)}`;

//# sourceMappingURL=shared-vault.js.map