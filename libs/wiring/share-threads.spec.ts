import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from '@jest/globals';
import { openSqliteEventStore, type SqliteEventStore } from '#lib/event-store/sqlite';
import { rebuildReadModel } from '#lib/projections';
import { definitionOf } from '../projections/testing/samples.js';
import { shareThreads } from './share-threads.js';
import { systemEnvironment } from './system-environment.js';

let store: SqliteEventStore | undefined;
afterEach(() => store?.close());

async function logOf(schedules: number) {
  const folder = mkdtempSync(join(tmpdir(), 'share-threads-'));
  store = await openSqliteEventStore({ path: join(folder, 'events.sqlite') });
  const metadata = { v: 1, at: 1_000, tenant: 'default', actor: 'api:test', correlation: 'c' };
  for (let n = 0; n < schedules; n += 1) {
    const data = { id: `s${n}`, definition: definitionOf() };
    await store.append(`schedule-s${n}`, -1, [
      { id: randomUUID(), type: 'ScheduleCreated', data, metadata },
      { id: randomUUID(), type: 'SchedulePaused', data: { cause: 'request' }, metadata },
    ]);
  }
  return { folder, log: store };
}

describe('threads that share a log', () => {
  it('build the read model that one thread builds', async () => {
    const { folder, log } = await logOf(20);
    const given = { path: join(folder, 'read-model.sqlite'), store: log, environment: systemEnvironment };
    const whole = await rebuildReadModel(given);
    const shares = shareThreads(log.path, 3);
    const { rebuilt, events } = await rebuildReadModel({ ...given, shares: { ...shares, worthFrom: 0 } });
    expect(rebuilt).toEqual(whole.rebuilt);
    expect(events).toBe(40);
  });

  it('say that an event is missing, as the log does', async () => {
    const { folder, log } = await logOf(5);
    const db = new DatabaseSync(log.path);
    db.exec('DELETE FROM events WHERE position = 7');
    db.close();
    const { load } = shareThreads(log.path, 2);
    const loading = load({ nth: 0, of: 2, path: join(folder, 'share'), upTo: 10 }, {});
    await expect(loading).rejects.toMatchObject({
      code: 'corrupt_event',
      message: 'an event is missing from the log at position 7',
    });
  });

  it('end when they are told to', async () => {
    const { folder, log } = await logOf(1);
    const { load } = shareThreads(log.path, 2);
    const signal = AbortSignal.abort();
    const loading = load({ nth: 0, of: 2, path: join(folder, 'share'), upTo: 2 }, { signal });
    await expect(loading).rejects.toThrow('ended before it was done');
  });

  it('say why they could not', async () => {
    const { folder, log } = await logOf(2);
    const { load } = shareThreads(log.path, 2);
    const path = join(folder, 'nowhere', 'read-model.sqlite');
    await expect(load({ nth: 0, of: 2, path, upTo: 4 }, {})).rejects.toThrow('unable to open');
    rmSync(folder, { recursive: true });
  });
});
