export * from './abort.js';
export * from './authorised.js';
export { isLoopback } from './base-url.js';
export * from './connector-error.js';
export * from './connector.js';
export * from './consent.js';
export * from './error-table.js';
export * from './handle-stream.js';
export * from './http-client.js';
export * from './import-files.js';
export * from './json.js';
export * from './manifest.js';
export * from './money.js';
export * from './oauth-grant.js';
export * from './oauth-tokens.js';
export * from './network-error.js';
export * from './private-address.js';
export * from './redact.js';
export * from './content-hash.js';
export * from './csv-rows.js';
export * from './recent-keys.js';
export * from './row-quality.js';
export * from './zip-archive.js';

//# sourceMappingURL=index.js.map