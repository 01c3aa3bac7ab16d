export type VaultErrorCode =
  'key_invalid' | 'key_unknown' | 'record_unreadable' | 'unsafe_permissions' | 'secrets_invalid';

/** By `code`, not by class. Messages never hold a secret or a key; a key is named by its id. */
export class VaultError extends Error {
  override readonly name = 'VaultError';
  constructor(
    readonly code: VaultErrorCode,
    message: string,
  ) {
    super(message);
  }
}

export const isVaultError = (error: unknown, code?: VaultErrorCode): error is VaultError =>
  error instanceof Error &&
  error.name === 'VaultError' &&
  (code === undefined || (error as VaultError).code === code);
