export { auditLog } from './audit.js';
export * from './config.js';
export * from './engine.js';
export { silent, jsonLog } from './log.js';
export { logFile, readModelFile } from './storage.js';
export { Telemetry } from './telemetry.js';
export { Troubles } from './troubles.js';
export { systemEnvironment } from './system-environment.js';
export { ConsentRefused, obtainSpotifyConsent } from './obtain-consent.js';
export { loadSyncEngine } from './load-sync-engine.js';
export { startRemoteExecutor } from './remote-executor.js';
export { backupLog, rebuild, rekeyVault } from './maintenance.js';
export { stops } from './stops.js';
export { providerLoads, toldProviders } from './provider-loads.js';
export { clearAway } from './removed-connection.js';
export { openHealth } from './health-server.js';
export { readinessOf } from './readiness.js';
export { webhookEndpoints } from './webhook-endpoints.js';
export { LeasedRunner } from './leased-runner.js';
export { runService } from './run-service.js';

//# sourceMappingURL=index.js.map