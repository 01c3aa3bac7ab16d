import type { Instant } from '#lib/domain/kernel';
import type { CredentialOwner, CredentialVault } from '#lib/ports';
import { newSecret } from './sign.js';

/** Whose secrets they are. */
export type SecretOwner = { readonly tenant: string; readonly webhook: string };

/** No connection is called so: their names have no slash. */
const ownerOf = ({ tenant, webhook }: SecretOwner): CredentialOwner => ({
  tenant,
  connection: `webhook/${webhook}`,
});

/** Somebody else writes at the same time. */
const TRIES = 5;

/** What endpoints verify by, in the vault: one secret each, and for a while after a rotation the one before. */
export class WebhookSecrets {
  constructor(private readonly vault: CredentialVault) {}

  /** The secret of an endpoint; made where it has none yet. */
  async ensure(owner: SecretOwner): Promise<string> {
    for (let tries = TRIES; tries > 0; tries -= 1) {
      const known = await this.vault.read(ownerOf(owner));
      if (known?.secrets['current'] !== undefined) return known.secrets['current'];
      const current = newSecret();
      const written = await this.vault.write(ownerOf(owner), { current }, known?.version ?? 0);
      if (written !== undefined) return current;
    }
    throw new Error(`the vault changed ${TRIES} times while a secret was being written; try again`);
  }

  /** A new secret. The one before goes on to be signed with until then. */
  async rotate(owner: SecretOwner, previousUntil: Instant): Promise<string> {
    for (let tries = TRIES; tries > 0; tries -= 1) {
      const known = await this.vault.read(ownerOf(owner));
      const previous = known?.secrets['current'];
      const current = newSecret();
      const kept = previous === undefined ? {} : { previous, previousUntil: String(previousUntil) };
      const written = await this.vault.write(ownerOf(owner), { current, ...kept }, known?.version ?? 0);
      if (written !== undefined) return current;
    }
    throw new Error(`the vault changed ${TRIES} times while a secret was being rotated; try again`);
  }

  /** Those that hold at an instant, the newest first; none where the vault has lost them. */
  async valid(owner: SecretOwner, now: Instant): Promise<readonly string[]> {
    const known = await this.vault.read(ownerOf(owner));
    const { current, previous, previousUntil } = known?.secrets ?? {};
    if (current === undefined) return [];
    return previous !== undefined && now < Number(previousUntil) ? [current, previous] : [current];
  }

  remove(owner: SecretOwner): Promise<void> {
    return this.vault.remove(ownerOf(owner));
  }
}
