export * from './memory-vault.js';
export * from './shared-vault.js';
export * from './sqlite-vault.js';
export * from './vault-error.js';
export { readKeyFile } from './vault-key.js';
