import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Worker } from 'node:worker_threads';
import type { EventStore } from '../port/index.js';
import { failureCode, listen, newEvent, newEvents, uniqueName } from '../testing/index.js';
import { EventRows } from './event-rows.js';
import { APPENDED, CONFLICT, DAMAGED, GroupCommit, REPEATED } from './group-commit.js';
import { openSqliteEventStore, type SqliteEventStore } from './index.js';
import { openLog } from './log-file.js';
import * as rowFormat from './row-format.js';
import { spawnWriter } from './writer.js';

let folder: string;
let path: string;
const stores: EventStore[] = [];

const open = async (...options: Parameters<typeof openSqliteEventStore> | []): Promise<SqliteEventStore> => {
  const store = await openSqliteEventStore(options[0] ?? { path }, options[1]);
  stores.push(store);
  return store;
};

const value = (db: DatabaseSync, pragma: string): unknown =>
  Object.values(db.prepare(`PRAGMA ${pragma}`).get() ?? {})[0];

const change = (sql: string): void => {
  const db = new DatabaseSync(path);
  db.exec(sql);
  db.close();
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'event-store-'));
  path = join(folder, 'nested', 'log.db');
});

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
  rmSync(folder, { recursive: true });
});

describe('opening a log', () => {
  test('a new log is empty: its head is 0', async () => {
    expect(await (await open()).head()).toBe(0);
  });

  test('a log that is opened a second time is FULL and WAL again', async () => {
    await (await open()).close();
    for (const _ of [1, 2]) {
      const db = openLog(path, 0);
      expect([value(db, 'synchronous'), value(db, 'journal_mode')]).toEqual([2, 'wal']);
      db.close();
    }
  });

  test('a log in use is refused to a second store of the process, by another name too', async () => {
    await open();
    expect(await failureCode(open())).toBe('store_in_use');
    symlinkSync(path, join(folder, 'alias.db'));
    expect(await failureCode(open({ path: join(folder, 'alias.db') }))).toBe('store_in_use');
  });

  test('a log that was closed can be opened again', async () => {
    await (await open()).close();
    expect(await failureCode(open())).toBe('none');
  });

  test('a log of a newer release is refused, and says so', async () => {
    await (await open()).close();
    change('PRAGMA user_version = 99');
    await expect(open()).rejects.toMatchObject({
      code: 'store_unsafe',
      message: expect.stringContaining('newer release'),
    });
  });

  test('a database of something else is refused and left alone', async () => {
    await (await open()).close();
    change('PRAGMA application_id = 7');
    expect(await failureCode(open())).toBe('store_unsafe');
  });

  test('files and folder are for the owner only', async () => {
    const store = await open();
    await store.append('a', -1, [newEvent()]);
    const modes = ['log.db', 'log.db-wal', 'log.db-shm', 'log.db.lock'].map(
      (name) => statSync(join(folder, 'nested', name)).mode & 0o777,
    );
    expect(modes).toEqual([0o600, 0o600, 0o600, 0o600]);
    expect(statSync(join(folder, 'nested')).mode & 0o777).toBe(0o700);
  });
});

describe('writing', () => {
  test('200 appends at once need few commits', async () => {
    const store = await open();
    await Promise.all(Array.from({ length: 200 }, (_, n) => store.append(`s-${n}`, -1, [newEvent()])));
    const { commits, events, averageGroup } = store.diagnostics();
    expect(events).toBe(200);
    expect(commits).toBeLessThanOrEqual(10);
    expect(averageGroup).toBeGreaterThanOrEqual(20);
  });

  test('a closed store leaves nothing in the WAL', async () => {
    const store = await open();
    await store.append('a', -1, newEvents(100));
    expect(store.diagnostics().walBytes).toBeGreaterThan(0);
    await store.close();
    expect(existsSync(`${path}-wal`) ? statSync(`${path}-wal`).size : 0).toBe(0);
  });

  test('three events of 300 bytes take at most 1.2 KB of disk', async () => {
    const store = await open();
    const metadata = JSON.stringify(newEvent().metadata).length;
    const data = { text: 'x'.repeat(300 - metadata - '{"text":""}'.length) };
    for (let n = 0; n < 2_000; n += 1)
      void store.append(`schedule-${n}`, -1, [newEvent(data), newEvent(data), newEvent(data)]);
    await store.close();
    expect(statSync(path).size / 2_000).toBeLessThanOrEqual(1_200);
  });

  describe('a group of many', () => {
    const append = (stream: string, type = 'Good', { id } = newEvent()): string[] => [
      stream,
      '-1',
      '1',
      id,
      type,
      '{}',
      '{}',
    ];
    const streams = (count: number): string[] => Array.from({ length: count }, (_, n) => `s${n}`);

    function commit(appends: readonly string[][]) {
      openLog(join(folder, 'group.db'), 0).close();
      const db = openLog(join(folder, 'group.db'), 0);
      db.exec(
        "CREATE TRIGGER broken BEFORE INSERT ON events WHEN new.type = 'Bad' BEGIN SELECT RAISE(ABORT, 'damaged'); END",
      );
      const groups = new GroupCommit(db, rowFormat, new EventRows(db, rowFormat));
      const answers = [...groups.commit({ appends: appends.flat().join('\0'), snapshots: '' })];
      const rows = db
        .prepare('SELECT e.position, s.name FROM events e JOIN streams s ON s.id = e.stream_id ORDER BY 1')
        .all();
      db.close();
      const outcomes = answers.filter((_, at) => at % 3 === 0);
      return { answers, outcomes, head: groups.head, stored: rows.map(({ name }) => name) };
    }

    test('with one damaged stream stores the others', () => {
      const { outcomes, head, stored } = commit([append('a'), append('b', 'Bad'), append('c')]);
      expect(outcomes).toEqual([APPENDED, DAMAGED, APPENDED]);
      expect([head, stored]).toEqual([2, ['a', 'c']]);
    });

    test('with a damaged stream among forty stores the thirty-nine', () => {
      const { outcomes, stored } = commit(
        streams(40).map((name, n) => append(name, n === 20 ? 'Bad' : 'Good')),
      );
      expect(outcomes.filter((outcome) => outcome === APPENDED)).toHaveLength(39);
      expect(stored).toEqual(streams(40).filter((name) => name !== 's20'));
    });

    test('finds what it has just appended, when it is appended again', () => {
      const first = newEvent();
      const { answers, stored } = commit([
        append('first', 'Good', first),
        ...streams(20).map((name) => append(name)),
        append('last', 'Good', first),
        append('last', 'Good', first),
        append('last'),
      ]);
      expect(answers.slice(-9)).toEqual([APPENDED, 0, 22, REPEATED, 0, 22, CONFLICT, 0, 0]);
      expect(stored).toEqual(['first', ...streams(20), 'last']);
    });
  });
});

describe('a writer thread that dies', () => {
  const workers: Worker[] = [];
  const watched = () =>
    open({ path }, (data) => {
      const worker = spawnWriter(data);
      workers.push(worker);
      return worker;
    });

  test('with appends under way, each is settled by appending again, and subscribers see it once', async () => {
    const store = await watched();
    const all = Array.from({ length: 300 }, () => ({ stream: uniqueName('crash'), events: newEvents(2) }));
    const heard = listen(store, { after: 0 }, ({ events }) => events.length >= 600);
    for (let from = 0; from < all.length; from += 100) {
      const attempts = all
        .slice(from, from + 100)
        .map(({ stream, events }) => failureCode(store.append(stream, -1, events)));
      process.nextTick(() => void workers.at(-1)?.terminate());
      expect(['none', 'store_unavailable']).toEqual(
        expect.arrayContaining([...new Set(await Promise.all(attempts))]),
      );
    }
    const settled = await Promise.all(all.map(({ stream, events }) => store.append(stream, -1, events)));
    expect(settled.every(({ revision }) => revision === 1)).toBe(true);
    const positions = (await heard).events.map(({ position }) => position);
    expect(positions).toEqual(Array.from({ length: 600 }, (_, n) => n + 1));
  });

  test('while idle, is replaced before the next append', async () => {
    const store = await watched();
    await store.append('a', -1, [newEvent()]);
    await workers.at(-1)?.terminate();
    expect((await store.append('a', 0, [newEvent()])).revision).toBe(1);
  });

  test('does not keep the store from closing', async () => {
    const store = await watched();
    const append = failureCode(store.append('a', -1, [newEvent()]));
    void workers.at(-1)?.terminate();
    await store.close();
    expect(['none', 'store_unavailable']).toContain(await append);
    expect(await failureCode(open())).toBe('none');
  });
});

describe('a backup', () => {
  test('of a log that is being written is a prefix of it, and can be opened', async () => {
    const store = await open();
    await store.append('a', -1, newEvents(500));
    const writing = Promise.all(
      Array.from({ length: 500 }, (_, n) => store.append(`b-${n}`, -1, [newEvent()])),
    );
    const target = join(folder, 'backup', 'log.db');
    await store.backup(target);
    await writing;
    expect(statSync(target).mode & 0o777).toBe(0o600);
    const copy = await open({ path: target });
    const events = await copy.readAll(0, 10_000);
    expect(events.length).toBeGreaterThanOrEqual(500);
    expect(events).toEqual((await store.readAll(0, 10_000)).slice(0, events.length));
  });

  test('overwrites nothing', async () => {
    const store = await open();
    await expect(store.backup(path)).rejects.toThrow('overwrites nothing');
  });
});
