import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { holdsSecrets, isVaultError, makeKeyFile, readKeyFile, SharedVault, SqliteVault } from '#lib/credentials';
import { ConfigurationError } from './config.js';
import { opening } from './file-trouble.js';
export const vaultFile = 'vault.sqlite';
/**
 * The vault that schedulers share, or else this one's own file.
 * @throws {ConfigurationError} it cannot be opened, or the configured keys open nothing of what is in the file
 */ export function openVault(configuration, map, onNotice = ()=>{}) {
    if (map === undefined) {
        const vault = openVaultFile(configuration, makeKeyFile);
        const wrong = lockedOut(vault.sealedUnder());
        if (wrong?.all === false) onNotice(wrong.message);
        if (wrong?.all !== true) return vault;
        void vault.close();
        throw new ConfigurationError(wrong.message);
    }
    const { vaultKeys: keys } = configuration;
    if (keys.length === 0) throw new ConfigurationError('schedulers that share a log share their credentials too: give all of them the same SYNCOPATE_VAULT_KEYS (32 bytes in base64: openssl rand -base64 32)');
    return explained('SYNCOPATE_VAULT_KEYS', ()=>new SharedVault(map, keys));
}
/**
 * The vault in the data folder, under the configured keys or those of a key file; `makeKey`: makes that file, readable by
 * its owner only, where there is neither.
 * @throws {ConfigurationError} the keys cannot be used, or the one is gone under which credentials are sealed
 */ export function openVaultFile({ dataFolder, vaultKeys: keys }, makeKey) {
    const path = join(dataFolder, vaultFile);
    const open = (under)=>opening(path, ()=>new SqliteVault({
                path,
                keys: under
            }), {
            cure: 'put a backup of it in its place; where there is none, move it away: users connect again'
        });
    if (keys.length > 0) return explained('SYNCOPATE_VAULT_KEYS', ()=>open(keys));
    const keyFile = join(dataFolder, 'vault.key');
    return explained(keyFile, ()=>{
        if (!existsSync(keyFile)) {
            if (opening(path, ()=>holdsSecrets(path))) throw new ConfigurationError(keyGone(keyFile));
            opening(keyFile, ()=>makeKey?.(keyFile));
        }
        return open(opening(keyFile, ()=>readKeyFile(keyFile)));
    });
}
const keyGone = (keyFile)=>`${keyFile} is not there, and ${vaultFile} holds credentials that are sealed under it: put it back, or set SYNCOPATE_VAULT_KEYS to what was in it; where it is lost, move ${vaultFile} away: users connect again`;
/** What no configured key opens, where there is such; `all`: none opens anything. */ function lockedOut(sealed) {
    const lost = sealed.filter(({ known })=>!known);
    if (lost.length === 0) return undefined;
    const all = lost.length === sealed.length;
    const count = lost.reduce((sum, { count })=>sum + count, 0);
    const which = all ? `none of its ${count} credentials` : `${count} of its credentials not`;
    const ids = lost.map(({ keyId })=>keyId).join(', ');
    const message = `${vaultFile}: the configured keys open ${which} (sealed under ${ids}): set SYNCOPATE_VAULT_KEYS to the key that was there before, behind the new one where there is a new one; ` + (all ? `where it is lost, move ${vaultFile} away: users connect again` : 'where it is lost, their users connect again');
    return {
        all,
        message
    };
}
/** What is wrong with a vault's keys or files is for whoever set them, and holds no secret. */ function explained(keys, open) {
    try {
        return open();
    } catch (error) {
        if (isVaultError(error, 'key_invalid')) throw new ConfigurationError(`${keys}: ${error.message}`);
        if (isVaultError(error)) throw new ConfigurationError(error.message);
        throw error;
    }
}

//# sourceMappingURL=vault.js.map