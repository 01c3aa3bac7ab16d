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
