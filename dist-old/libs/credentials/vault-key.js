import { createHash, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { VaultError } from './vault-error.js';
const KEY_BYTES = 32;
/**
 * Reads keys: 32 bytes each, as 64 hex digits or as base64 (also URL-safe). The first encrypts, all decrypt: put a new
 * key in front, call `rekey()`, then drop the old one. The id is derived, so that no two keys can share a name.
 * @throws {VaultError} key_invalid; the message tells which one by its place, never its text.
 */ export function vaultKeys(texts) {
    const [first, ...others] = texts.map((text, index)=>parseKey(text, index));
    if (first === undefined) throw new VaultError('key_invalid', 'the vault needs a key: 32 random bytes in hex or base64');
    return [
        first,
        ...others
    ];
}
/**
 * Reads a key file: one key a line, blank lines and `#` comments ignored.
 * @throws {VaultError} unsafe_permissions when others may read it (mode beyond 0600).
 */ export function readKeyFile(path) {
    if ((statSync(path).mode & 0o077) !== 0) {
        throw new VaultError('unsafe_permissions', `others may read the key file ${path}: run chmod 600 on it`);
    }
    return readFileSync(path, 'utf8').split('\n').map((line)=>line.trim()).filter((line)=>line !== '' && !line.startsWith('#'));
}
/**
 * Makes a key file with a random key in it, for its owner only. On disk, name and all, before anything can be sealed under
 * it: a power cut must not take the key and leave what needs it.
 */ export function makeKeyFile(path) {
    const partial = `${path}.partial`;
    const file = openSync(partial, 'w', 0o600);
    try {
        writeSync(file, `${randomBytes(KEY_BYTES).toString('base64')}\n`);
        fsyncSync(file);
    } finally{
        closeSync(file);
    }
    renameSync(partial, path);
    const folder = openSync(dirname(path), 'r');
    try {
        fsyncSync(folder);
    } finally{
        closeSync(folder);
    }
}
function parseKey(text, index) {
    const trimmed = text.trim();
    const hex = /^[0-9a-f]{64}$/i.test(trimmed);
    const bytes = hex ? Buffer.from(trimmed, 'hex') : Buffer.from(trimmed, 'base64');
    if (bytes.length !== KEY_BYTES || !(hex || /^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed))) {
        throw new VaultError('key_invalid', `vault key ${index + 1} is not 32 bytes in hex or base64`);
    }
    if (bytes.every((byte)=>byte === bytes[0])) throw new VaultError('key_invalid', `vault key ${index + 1} is not random`);
    const id = createHash('sha256').update('syncopate vault key id\0').update(bytes).digest('hex').slice(0, 16);
    return {
        id,
        bytes
    };
}

//# sourceMappingURL=vault-key.js.map