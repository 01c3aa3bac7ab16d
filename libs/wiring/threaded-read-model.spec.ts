import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from '@jest/globals';
import { openSqliteEventStore, type SqliteEventStore } from '#lib/event-store/sqlite';
import type { ReadModel } from '#lib/projections';
import { definitionOf } from '../projections/testing/samples.js';
import { systemEnvironment } from './system-environment.js';
import { openThreadedReadModel, spawnReadModel } from './threaded-read-model.js';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function setUp() {
  const folder = mkdtempSync(join(tmpdir(), 'read-model-thread-'));
  const store = await openSqliteEventStore({ path: join(folder, 'events.sqlite') });
  closers.push(() => store.close());
  const threads: Worker[] = [];
  const faults: unknown[] = [];
  const path = join(folder, 'read-model.sqlite');
  const open = async (): Promise<ReadModel> => {
    const model = await openThreadedReadModel(
      { path, store, environment: systemEnvironment, onFault: ({ error }) => faults.push(error) },
      () => {
        const thread = spawnReadModel();
        threads.push(thread);
        return thread;
      },
    );
    closers.push(() => model.close());
    return model;
  };
  return { store, path, open, threads, faults };
}

async function create(store: SqliteEventStore, id: string): Promise<number> {
  const metadata = { v: 1, at: 1_000, tenant: 'default', actor: 'api:test', correlation: randomUUID() };
  const data = { id, definition: definitionOf() };
  const events = [{ id: randomUUID(), type: 'ScheduleCreated', data, metadata }];
  return (await store.append(`schedule-${id}`, -1, events)).position;
}

describe('a read model in a thread of its own', () => {
  it('answers with what was appended once its position is waited for', async () => {
    const { store, open } = await setUp();
    const before = await create(store, 'before');
    const model = await open();
    expect(await model.waitFor(before, 5_000)).toBe(true);
    const after = await create(store, 'after');
    expect(await model.waitFor(after, 5_000)).toBe(true);
    expect(
      model
        .schedules('default', {}, {})
        .items.map(({ id }) => id)
        .toSorted(),
    ).toEqual(['after', 'before']);
    expect(model.position()).toBe(after);
    expect(await model.lag()).toBe(0);
  });

  it('shows one instant to everything that is asked at once', async () => {
    const { store, path, open } = await setUp();
    const model = await open();
    const first = await create(store, 'one');
    await model.waitFor(first, 5_000);
    const writer = new DatabaseSync(path);
    const seen = model.atOnce((position) => {
      const before = model.schedule('default', 'one')?.id;
      writer.exec('DELETE FROM sync_schedules');
      return [position, before, model.schedule('default', 'one')?.id];
    });
    writer.close();
    expect(seen).toEqual([first, 'one', 'one']);
    expect(model.schedule('default', 'one')).toBeUndefined();
  });

  it('is replaced when its thread dies, and goes on from what it had written', async () => {
    const { store, open, threads, faults } = await setUp();
    const model = await open();
    await model.waitFor(await create(store, 'one'), 5_000);
    await threads[0]!.terminate();
    const second = await create(store, 'two');
    expect(await model.waitFor(second, 20_000)).toBe(true);
    expect(model.schedule('default', 'two')).toMatchObject({ id: 'two' });
    expect(model.schedule('default', 'one')).toMatchObject({ id: 'one' });
    expect(threads).toHaveLength(2);
    expect(faults).toHaveLength(1);
  });

  it('refuses a file that is something else, and says so', async () => {
    const { path, open } = await setUp();
    const other = new DatabaseSync(path);
    other.exec('CREATE TABLE somebodys (thing TEXT)');
    other.close();
    await expect(open()).rejects.toThrow('something else');
  });

  it('waits for nothing, not even the beginning, before the log is known to be the one that it was folded from', async () => {
    const { store, path, open, faults } = await setUp();
    const first = await open();
    await first.waitFor(await create(store, 'one'), 5_000);
    await first.close();
    const other = await openSqliteEventStore({ path: join(dirname(path), 'other.sqlite') });
    closers.push(() => other.close());
    const model = await openThreadedReadModel({
      path,
      store: other,
      environment: systemEnvironment,
      onFault: ({ error }) => faults.push(error),
    });
    closers.push(() => model.close());
    expect(await model.waitFor(0, 5_000)).toBe(false);
    expect(model.failure()).toMatchObject({ message: expect.stringContaining('does not have event') });
  });

  it('beside a log without events, is up to date at its beginning', async () => {
    const { open } = await setUp();
    const model = await open();
    expect(await model.waitFor(0, 5_000)).toBe(true);
  });

  it('builds a damaged file again', async () => {
    const { store, path, open } = await setUp();
    writeFileSync(path, Buffer.alloc(8_192, 'x'));
    const position = await create(store, 'one');
    const model = await open();
    expect(await model.waitFor(position, 5_000)).toBe(true);
    expect(model.schedule('default', 'one')).toMatchObject({ id: 'one' });
  });

  it('gives up waiting when the time is over, and when it is closed', async () => {
    const { store, open } = await setUp();
    const model = await open();
    const head = await store.head();
    expect(await model.waitFor(head + 1, 20)).toBe(false);
    const waiting = model.waitFor(head + 1, 60_000);
    await model.close();
    expect(await waiting).toBe(false);
  });
});
