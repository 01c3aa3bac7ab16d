import type { CredentialOwner, CredentialVault, Secrets } from '#lib/ports';
import { plaintext } from './sealing.js';

/** The vault for tests and simulation: the same rules, nothing encrypted, gone with the process. */
export class MemoryVault implements CredentialVault {
  readonly #records = new Map<string, { readonly secrets: Secrets | undefined; readonly version: number }>();

  async read(
    owner: CredentialOwner,
  ): Promise<{ readonly secrets: Secrets; readonly version: number } | undefined> {
    const found = this.#records.get(keyOf(owner));
    return found?.secrets === undefined
      ? undefined
      : { secrets: { ...found.secrets }, version: found.version };
  }

  async write(owner: CredentialOwner, secrets: Secrets, expected: number): Promise<number | undefined> {
    plaintext(secrets);
    const found = this.#records.get(keyOf(owner));
    if ((found?.secrets === undefined ? 0 : found.version) !== expected) return undefined;
    const version = (found?.version ?? 0) + 1;
    this.#records.set(keyOf(owner), { secrets: { ...secrets }, version });
    return version;
  }

  async remove(owner: CredentialOwner): Promise<void> {
    const found = this.#records.get(keyOf(owner));
    if (found !== undefined) this.#records.set(keyOf(owner), { secrets: undefined, version: found.version });
  }
}

const keyOf = (owner: CredentialOwner): string => JSON.stringify([owner.tenant, owner.connection]);
