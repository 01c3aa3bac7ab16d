export { backUp } from './backup.js';
export { lockFile, type FileLock } from './file-lock.js';
export { LogFollower } from './log-follower.js';
export { LogShare } from './log-share.js';
export {
  openSqliteEventStore,
  SqliteEventStore,
  type SqliteDiagnostics,
  type SqliteEventStoreOptions,
} from './sqlite-event-store.js';
