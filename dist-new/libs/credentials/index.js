export * from './memory-vault.js';
export * from './shared-vault.js';
export * from './sqlite-vault.js';
export * from './vault-error.js';
export { holdsSecrets } from './vault-file.js';
export { makeKeyFile, readKeyFile } from './vault-key.js';

//# sourceMappingURL=index.js.map