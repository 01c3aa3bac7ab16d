import { DatabaseSync } from 'node:sqlite';
import { storeInUse } from '#lib/event-store/port';

const SQLITE_BUSY = 5;

/**
 * One process per event log. The lock is SQLite's own, on a sibling file: the operating system gives it back when the
 * process ends, however it ends, so there is no stale lock to clean up.
 * @throws {EventStoreError} store_in_use
 */
export function lockFile(path: string): { release(): void } {
  const db = new DatabaseSync(`${path}.lock`, { timeout: 0 });
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (((error as { errcode?: number }).errcode ?? 0) % 256 === SQLITE_BUSY) throw storeInUse(path);
    throw error;
  }
  return {
    release() {
      if (db.isOpen) db.close();
    },
  };
}
