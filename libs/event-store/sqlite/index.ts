export { backUp } from './backup.js';
export { LogFollower } from './log-follower.js';
export { LogShare, type Share } from './log-share.js';
export {
  openSqliteEventStore,
  SqliteEventStore,
  type SqliteDiagnostics,
  type SqliteEventStoreOptions,
} from './sqlite-event-store.js';
