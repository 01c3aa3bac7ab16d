import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { hashReadModel } from '../store/hash.js';
import { LogStore } from '../testing/log-store.js';
import { definitionOf, typicalLog } from '../testing/samples.js';
import { VirtualTime } from '#lib/ports/testing';
import { openReadModel } from './read-model.js';
import { rebuildReadModel } from './rebuild.js';

const environment = new VirtualTime();
const decode = <T>(event: T): T => event;
let path = '';
let store = new LogStore();

async function live() {
  const model = openReadModel({ path, store: store.asEventStore, environment, decode });
  model.start();
  await model.waitFor(store.log.head, 60_000);
  return model;
}

const rebuild = (swap = false) =>
  rebuildReadModel({ path, store: store.asEventStore, environment, decode, swap });

beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'projections-')), 'read-model.db');
  store = new LogStore(typicalLog(20, 300));
});

describe('a rebuild beside a live read model', () => {
  it('is equal to it byte for byte while it is open, at its position', async () => {
    const model = await live();
    const position = store.log.head;
    store.log.schedule('new', { type: 'ScheduleCreated', data: { id: 'new', definition: definitionOf() } });
    const report = await rebuild();
    expect(report).toMatchObject({
      equal: true,
      differences: [],
      swapped: false,
      events: position,
      live: { position },
    });
    expect(existsSync(`${path}.rebuild`)).toBe(false);
    await model.close();
  });

  it('names the rows that were tampered with, and puts them right when swapped in', async () => {
    await (await live()).close();
    const db = new DatabaseSync(path);
    db.exec(
      "UPDATE sync_schedule_logs SET status = 'abandoned' WHERE seq = (SELECT min(seq) FROM sync_schedule_logs)",
    );
    db.exec(
      "DELETE FROM wake_ups WHERE schedule = (SELECT min(schedule) FROM wake_ups); INSERT INTO wake_ups VALUES ('ghost', 'default', 1)",
    );
    db.close();
    const report = await rebuild(true);
    expect(report).toMatchObject({ equal: false, swapped: true });
    expect(report.differences).toMatchObject([
      { table: 'sync_schedule_logs', different: 1, onlyLive: 0, onlyRebuilt: 0, examples: [{ key: '21' }] },
      { table: 'wake_ups', different: 0, onlyLive: 1, onlyRebuilt: 1 },
    ]);
    expect(hashReadModel(path)).toEqual(report.rebuilt);
    const model = await live();
    expect(model.position()).toBe(store.log.head);
    await model.close();
  });

  it('is refused the swap while someone has the live one open', async () => {
    const model = await live();
    await expect(rebuild(true)).rejects.toThrow('locked');
    expect(model.schedules('default').items).toHaveLength(20);
    await model.close();
  });
});

describe('a rebuild where there is no read model', () => {
  it('is put in place, up to the head', async () => {
    const report = await rebuild(true);
    expect(report).toMatchObject({ swapped: true, rebuilt: { position: store.log.head } });
    expect(report.equal).toBeUndefined();
    expect(hashReadModel(path)).toEqual(report.rebuilt);
  });
});

describe('a file that is not a read model of this version', () => {
  it('is built again when it is of another version', async () => {
    await (await live()).close();
    const db = new DatabaseSync(path);
    db.exec('PRAGMA user_version = 7');
    db.close();
    const model = await live();
    expect(model.schedules('default').items).toHaveLength(20);
    await model.close();
  });

  it('is built again when it is damaged', async () => {
    writeFileSync(
      path,
      'not a database, and long enough to be taken for the header of one, which is a hundred bytes long at the least …',
    );
    const model = await live();
    expect(model.schedules('default').items).toHaveLength(20);
    await model.close();
  });

  it('is left alone when it is a database of something else', () => {
    const db = new DatabaseSync(path);
    db.exec('CREATE TABLE precious (id)');
    db.close();
    expect(() => openReadModel({ path, store: store.asEventStore, environment })).toThrow('something else');
    expect(existsSync(path)).toBe(true);
  });
});
