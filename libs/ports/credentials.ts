/** Whose credentials: part of the encryption's additional data, so that a record copied elsewhere does not open. */
export type CredentialOwner = { readonly tenant: string; readonly connection: string };

/** Opaque secret values by name (`refresh_token`, `api_key`, …). Never logged, never in events. */
export type Secrets = Readonly<Record<string, string>>;

/** Where credentials live. Versions grow by one with each write, so that a refresh can be compare-and-swapped. */
export interface CredentialVault {
  read(owner: CredentialOwner): Promise<{ readonly secrets: Secrets; readonly version: number } | undefined>;
  /** Writes if the stored version is still `expected` (0: none stored). Answers the new version, or undefined when someone wrote first. */
  write(owner: CredentialOwner, secrets: Secrets, expected: number): Promise<number | undefined>;
  remove(owner: CredentialOwner): Promise<void>;
}

const unreadable: ReadonlySet<unknown> = new Set(['key_unknown', 'record_unreadable']);

/** Of an error of a vault, by name and code: what is stored cannot be read any more, as its key was lost or it was damaged. */
export function isUnreadable(error: unknown): error is Error {
  return (
    error instanceof Error && error.name === 'VaultError' && 'code' in error && unreadable.has(error.code)
  );
}
