export * from './config.js';
export * from './engine.js';
export { silent, jsonLog, type Log } from './log.js';
export { logFile, readModelFile } from './storage.js';
export { systemEnvironment } from './system-environment.js';
export { ConsentRefused, obtainSpotifyConsent, type ConsentedConnection } from './obtain-consent.js';
export { loadSyncEngine } from './load-sync-engine.js';
export { startRemoteExecutor, type RemoteExecutor } from './remote-executor.js';
export { backupLog, rebuild } from './maintenance.js';
