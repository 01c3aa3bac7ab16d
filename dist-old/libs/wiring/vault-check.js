import { ConfigurationError } from './config.js';
/** So many are tried: of a vault that is shared nobody has a list, and each is a question to NATS. */ const MOST = 20;
const isLocked = (error)=>error instanceof Error && error.name === 'VaultError' && 'code' in error && error.code === 'key_unknown';
/**
 * Keys that open nothing of what the vault has are others than it was sealed with: each run would wait for credentials
 * that cannot be read. Looks at the newest connections that the read model knows.
 * @throws {ConfigurationError} there are credentials, and none of them opens.
 */ export async function assertVault({ vault, readModel }) {
    let locked;
    for (const { tenant, id } of readModel.newestConnections(MOST))try {
        if (await vault.read({
            tenant,
            connection: id
        }) !== undefined) return;
    } catch (error) {
        // What else may be wrong with a vault goes by, or concerns one of them.
        if (!isLocked(error)) return;
        locked = error;
    }
    if (locked === undefined) return;
    throw new ConfigurationError(`SYNCOPATE_VAULT_KEYS: they open nothing of what is in the vault that schedulers share: give this one the keys that the others have; where they are lost, remove that vault (nats kv del syncopate-vault): users connect again (${locked.message})`);
}

//# sourceMappingURL=vault-check.js.map