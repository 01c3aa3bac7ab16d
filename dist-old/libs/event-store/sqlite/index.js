export { backUp } from './backup.js';
export { lockFile } from './file-lock.js';
export { LogFollower } from './log-follower.js';
export { LogShare } from './log-share.js';
export { openSqliteEventStore, SqliteEventStore } from './sqlite-event-store.js';

//# sourceMappingURL=index.js.map