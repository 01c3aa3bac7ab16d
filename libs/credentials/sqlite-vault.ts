import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { CredentialOwner, CredentialVault, Secrets } from '#lib/ports';
import { plaintext, seal, unseal, type Sealed } from './sealing.js';
import { openVaultFile } from './vault-file.js';
import { vaultKeys, type VaultKey } from './vault-key.js';

export type SqliteVaultOptions = {
  /** The vault's own file. */
  readonly path: string;
  /** 32 bytes each in hex or base64: the first encrypts, the others decrypt what is older. */
  readonly keys: readonly string[];
};

type Row = {
  readonly tenant: string;
  readonly connection: string;
  readonly version: number;
  readonly sealed: Sealed | undefined;
};

const SELECT = 'SELECT tenant, connection, version, key_id, nonce, box FROM credentials';

/**
 * The vault in one SQLite file. Several processes may use it at once: a write is one `BEGIN IMMEDIATE` transaction, so
 * of two that expect the same version exactly one wins. Versions grow by one for ever, also over a removal: a worker
 * that slept through "removed and connected again" must lose its swap, not overwrite the new grant.
 */
export class SqliteVault implements CredentialVault {
  readonly #database: DatabaseSync;
  readonly #select: StatementSync;
  readonly #keys: readonly [VaultKey, ...VaultKey[]];

  /** @throws {VaultError} key_invalid, unsafe_permissions */
  constructor(options: SqliteVaultOptions) {
    this.#keys = vaultKeys(options.keys);
    this.#database = openVaultFile(options.path);
    this.#select = this.#database.prepare(`${SELECT} WHERE tenant = ? AND connection = ?`);
  }

  /** @throws {VaultError} key_unknown, record_unreadable */
  async read(
    owner: CredentialOwner,
  ): Promise<{ readonly secrets: Secrets; readonly version: number } | undefined> {
    const row = this.#row(owner);
    if (row?.sealed === undefined) return undefined;
    return {
      secrets: unseal(this.#keys, { ...owner, version: row.version }, row.sealed),
      version: row.version,
    };
  }

  /** @throws {VaultError} secrets_invalid */
  async write(owner: CredentialOwner, secrets: Secrets, expected: number): Promise<number | undefined> {
    plaintext(secrets);
    return this.#transaction(() => {
      const row = this.#row(owner);
      if ((row?.sealed === undefined ? 0 : row.version) !== expected) return undefined;
      const version = (row?.version ?? 0) + 1;
      this.#store(owner, version, seal(this.#keys[0], { ...owner, version }, secrets));
      return version;
    });
  }

  async remove(owner: CredentialOwner): Promise<void> {
    this.#database
      .prepare(
        'UPDATE credentials SET key_id = NULL, nonce = NULL, box = NULL WHERE tenant = ? AND connection = ?',
      )
      .run(owner.tenant, owner.connection);
  }

  /** Encrypts with the first key what is still under an older one; answers how many. Versions stay. */
  async rekey(): Promise<number> {
    return this.#transaction(() => {
      const current = this.#keys[0];
      const rows = this.#database
        .prepare(`${SELECT} WHERE box IS NOT NULL AND key_id <> ?`)
        .all(current.id)
        .map(rowOf);
      for (const { tenant, connection, version, sealed } of rows) {
        if (sealed === undefined) continue;
        const place = { tenant, connection, version };
        this.#store(place, version, seal(current, place, unseal(this.#keys, place, sealed)));
      }
      return rows.length;
    });
  }

  /** How many credentials each key opens that any is sealed under, by the key's id; `known`: it is configured. */
  sealedUnder(): readonly { readonly keyId: string; readonly known: boolean; readonly count: number }[] {
    return this.#database
      .prepare('SELECT key_id, count(*) AS n FROM credentials WHERE box IS NOT NULL GROUP BY key_id')
      .all()
      .map(({ key_id: keyId, n }) => ({
        keyId: String(keyId),
        known: this.#keys.some(({ id }) => id === keyId),
        count: Number(n),
      }));
  }

  /** Idempotent. */
  async close(): Promise<void> {
    if (this.#database.isOpen) this.#database.close();
  }

  #row(owner: CredentialOwner): Row | undefined {
    const found = this.#select.get(owner.tenant, owner.connection);
    return found === undefined ? undefined : rowOf(found);
  }

  #store(owner: CredentialOwner, version: number, { keyId, nonce, box }: Sealed): void {
    this.#database
      .prepare(
        'INSERT OR REPLACE INTO credentials (tenant, connection, version, key_id, nonce, box) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(owner.tenant, owner.connection, version, keyId, nonce, box);
  }

  #transaction<T>(work: () => T): T {
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

function rowOf(row: Readonly<Record<string, unknown>>): Row {
  const { key_id: keyId, nonce, box } = row;
  const whole = typeof keyId === 'string' && isBytes(nonce) && isBytes(box);
  return {
    tenant: String(row['tenant']),
    connection: String(row['connection']),
    version: Number(row['version']),
    sealed: whole ? { keyId, nonce, box } : undefined,
  };
}

// By view, not by `instanceof`: SQLite's arrays may come from another realm.
const isBytes = (value: unknown): value is Uint8Array => ArrayBuffer.isView(value);
