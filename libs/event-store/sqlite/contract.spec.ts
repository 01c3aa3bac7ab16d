import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventStoreContract, type OpenedStore } from '../testing/index.js';
import { openSqliteEventStore, type SqliteEventStoreOptions } from './index.js';

const onDisk =
  (options: Omit<SqliteEventStoreOptions, 'path'> = {}) =>
  async (): Promise<OpenedStore> => {
    const folder = mkdtempSync(join(tmpdir(), 'event-store-'));
    const open = () => openSqliteEventStore({ ...options, path: join(folder, 'log.db') });
    let store = await open();
    return {
      store,
      restart: async () => {
        await store.close();
        store = await open();
        return store;
      },
      destroy: async () => {
        await store.close();
        rmSync(folder, { recursive: true });
      },
    };
  };

eventStoreContract('sqlite', onDisk());
eventStoreContract(
  'sqlite, subscribers always served from the file',
  onDisk({ recent: { events: 3, bytes: 2_000 } }),
);
