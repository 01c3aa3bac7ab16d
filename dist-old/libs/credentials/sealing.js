import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { VaultError } from './vault-error.js';
/** Bounds one connection's secrets, as JSON. */ export const MAX_SECRET_BYTES = 64 * 1024;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const secretsSchema = z.record(z.string(), z.string());
/** @throws {VaultError} secrets_invalid */ export function seal(key, place, secrets) {
    const plain = plaintext(secrets);
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce, {
        authTagLength: TAG_BYTES
    });
    cipher.setAAD(additional(place));
    const box = Buffer.concat([
        cipher.update(plain),
        cipher.final(),
        cipher.getAuthTag()
    ]);
    return {
        keyId: key.id,
        nonce,
        box
    };
}
/** @throws {VaultError} key_unknown, record_unreadable (altered, or copied from another owner or version) */ export function unseal(keys, place, sealed) {
    const key = keys.find((candidate)=>candidate.id === sealed.keyId);
    if (key === undefined) {
        const have = keys.map((candidate)=>candidate.id).join(', ');
        throw new VaultError('key_unknown', `the credentials were encrypted with key ${sealed.keyId}, which is not configured (configured: ${have}): add it behind the current key`);
    }
    try {
        const decipher = createDecipheriv('aes-256-gcm', key.bytes, sealed.nonce, {
            authTagLength: TAG_BYTES
        });
        decipher.setAAD(additional(place));
        decipher.setAuthTag(sealed.box.subarray(-TAG_BYTES));
        const plain = Buffer.concat([
            decipher.update(sealed.box.subarray(0, -TAG_BYTES)),
            decipher.final()
        ]);
        return secretsSchema.parse(JSON.parse(plain.toString('utf8')));
    } catch  {
        throw new VaultError('record_unreadable', 'stored credentials are damaged, or were copied from another connection');
    }
}
/** Secrets as the bytes that are sealed; also the one check that both adapters share. */ export function plaintext(secrets) {
    const parsed = secretsSchema.safeParse(secrets);
    const plain = Buffer.from(JSON.stringify(parsed.success ? parsed.data : null), 'utf8');
    if (!parsed.success) throw new VaultError('secrets_invalid', 'secrets must be text by name');
    if (plain.length > MAX_SECRET_BYTES) throw new VaultError('secrets_invalid', `secrets exceed ${MAX_SECRET_BYTES} bytes`);
    return plain;
}
/** JSON, so that `a|b` + `c` and `a` + `b|c` differ. */ const additional = ({ tenant, connection, version })=>Buffer.from(JSON.stringify([
        tenant,
        connection,
        version
    ]), 'utf8');

//# sourceMappingURL=sealing.js.map