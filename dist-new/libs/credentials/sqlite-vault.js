import { plaintext, seal, unseal } from './sealing.js';
import { openVaultFile } from './vault-file.js';
import { vaultKeys } from './vault-key.js';
const SELECT = 'SELECT tenant, connection, version, key_id, nonce, box FROM credentials';
/**
 * The vault in one SQLite file. Several processes may use it at once: a write is one `BEGIN IMMEDIATE` transaction, so
 * of two that expect the same version exactly one wins. Versions grow by one for ever, also over a removal: a worker
 * that slept through "removed and connected again" must lose its swap, not overwrite the new grant.
 */ export class SqliteVault {
    #database;
    #select;
    #keys;
    /** @throws {VaultError} key_invalid, unsafe_permissions */ constructor(options){
        this.#keys = vaultKeys(options.keys);
        this.#database = openVaultFile(options.path);
        this.#select = this.#database.prepare(`${SELECT} WHERE tenant = ? AND connection = ?`);
    }
    /** @throws {VaultError} key_unknown, record_unreadable */ async read(owner) {
        const row = this.#row(owner);
        if (row?.sealed === undefined) return undefined;
        return {
            secrets: unseal(this.#keys, {
                ...owner,
                version: row.version
            }, row.sealed),
            version: row.version
        };
    }
    /** @throws {VaultError} secrets_invalid */ async write(owner, secrets, expected) {
        plaintext(secrets);
        return this.#transaction(()=>{
            const row = this.#row(owner);
            if ((row?.sealed === undefined ? 0 : row.version) !== expected) return undefined;
            const version = (row?.version ?? 0) + 1;
            this.#store(owner, version, seal(this.#keys[0], {
                ...owner,
                version
            }, secrets));
            return version;
        });
    }
    async remove(owner) {
        this.#database.prepare('UPDATE credentials SET key_id = NULL, nonce = NULL, box = NULL WHERE tenant = ? AND connection = ?').run(owner.tenant, owner.connection);
    }
    /** Encrypts with the first key what is still under an older one; answers how many. Versions stay. */ async rekey() {
        return this.#transaction(()=>{
            const current = this.#keys[0];
            const rows = this.#database.prepare(`${SELECT} WHERE box IS NOT NULL AND key_id <> ?`).all(current.id).map(rowOf);
            for (const { tenant, connection, version, sealed } of rows){
                if (sealed === undefined) continue;
                const place = {
                    tenant,
                    connection,
                    version
                };
                this.#store(place, version, seal(current, place, unseal(this.#keys, place, sealed)));
            }
            return rows.length;
        });
    }
    /** How many credentials each key opens that any is sealed under, by the key's id; `known`: it is configured. */ sealedUnder() {
        return this.#database.prepare('SELECT key_id, count(*) AS n FROM credentials WHERE box IS NOT NULL GROUP BY key_id').all().map(({ key_id: keyId, n })=>({
                keyId: String(keyId),
                known: this.#keys.some(({ id })=>id === keyId),
                count: Number(n)
            }));
    }
    /** Idempotent. */ async close() {
        if (this.#database.isOpen) this.#database.close();
    }
    #row(owner) {
        const found = this.#select.get(owner.tenant, owner.connection);
        return found === undefined ? undefined : rowOf(found);
    }
    #store(owner, version, { keyId, nonce, box }) {
        this.#database.prepare('INSERT OR REPLACE INTO credentials (tenant, connection, version, key_id, nonce, box) VALUES (?, ?, ?, ?, ?, ?)').run(owner.tenant, owner.connection, version, keyId, nonce, box);
    }
    #transaction(work) {
        this.#database.exec('BEGIN IMMEDIATE');
        try {
            const result = work();
            this.#database.exec('COMMIT');
            return result;
        } catch (error) {
            if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
            throw error;
        }
    }
}
function rowOf(row) {
    const { key_id: keyId, nonce, box } = row;
    const whole = typeof keyId === 'string' && isBytes(nonce) && isBytes(box);
    return {
        tenant: String(row['tenant']),
        connection: String(row['connection']),
        version: Number(row['version']),
        sealed: whole ? {
            keyId,
            nonce,
            box
        } : undefined
    };
}
// By view, not by `instanceof`: SQLite's arrays may come from another realm.
const isBytes = (value)=>ArrayBuffer.isView(value);

//# sourceMappingURL=sqlite-vault.js.map