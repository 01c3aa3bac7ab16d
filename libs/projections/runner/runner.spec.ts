import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { corruptEvent, storeUnavailable } from '#lib/event-store/port';
import { hashReadModel } from '../store/hash.js';
import { LogStore } from '../testing/log-store.js';
import { modelOf } from '../testing/model.js';
import { definitionOf, typicalLog } from '../testing/samples.js';
import { VirtualTime } from '#lib/ports/testing';
import { openReadModel, type ReadModel } from './read-model.js';
import type { Fault } from './runner.js';

const open: ReadModel[] = [];
afterEach(async () => {
  for (const model of open.splice(0)) await model.close();
});

function setUp(store = new LogStore(), path = ':memory:') {
  const time = new VirtualTime();
  const faults: Fault[] = [];
  const model = openReadModel({
    path,
    store: store.asEventStore,
    environment: time,
    onFault: (fault) => faults.push(fault),
    decode: (event) => event,
  });
  open.push(model);
  const create = (id: string): void => {
    store.log.schedule(id, { type: 'ScheduleCreated', data: { id, definition: definitionOf() } });
    store.appended();
  };
  return { store, time, faults, model, create };
}

const temporary = (): string => join(mkdtempSync(join(tmpdir(), 'projections-')), 'read-model.db');

describe('a read model that follows the log', () => {
  it('answers with what was appended once its position is waited for', async () => {
    const { model, create } = setUp();
    model.start();
    create('s');
    expect(await model.waitFor(1, 1_000)).toBe(true);
    expect(model.schedule('default', 's')).toMatchObject({ id: 's', status: 'active' });
    expect(model.position()).toBe(1);
    expect(await model.lag()).toBe(0);
  });

  it('writes on its own a moment later when nobody waits', async () => {
    const { model, create, time } = setUp();
    model.start();
    create('s');
    await time.settle();
    time.advance(20);
    expect(model.position()).toBe(1);
  });

  it('writes once what it is behind by, however slowly that is folded', async () => {
    const { model, store, time } = setUp(new LogStore(typicalLog(50, 700)));
    const seen = new Set<number>();
    model.start();
    for (let turns = 0; turns < 50; turns += 1) {
      time.advance(11);
      seen.add(model.position());
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(store.log.head).toBeGreaterThan(2_000);
    expect([...seen]).toEqual([0, store.log.head]);
  });

  it('answers false when the position does not come in time, and true when it is there already', async () => {
    const { model, create, time } = setUp();
    model.start();
    const waiting = model.waitFor(1, 100);
    time.advance(100);
    expect(await waiting).toBe(false);
    create('s');
    expect(await model.waitFor(1, 100)).toBe(true);
    expect(await model.waitFor(1, 0)).toBe(true);
  });

  it('answers false when it is stopped', async () => {
    const { model } = setUp();
    model.start();
    const waiting = model.waitFor(9, 1_000);
    await model.stop();
    expect(await waiting).toBe(false);
    expect(await model.waitFor(9, 1_000)).toBe(false);
  });

  it('goes on after an outage of the store', async () => {
    const { model, store, create, time, faults } = setUp();
    model.start();
    create('s');
    await model.waitFor(1, 1_000);
    store.fail(storeUnavailable('gone'));
    await time.settle();
    create('t');
    const waiting = model.waitFor(2, 60_000);
    time.advance(100);
    expect(await waiting).toBe(true);
    expect(faults).toMatchObject([{ fatal: false, error: { code: 'store_unavailable' } }]);
    expect(store.subscriptions).toBe(2);
  });

  it('ends loudly at a corrupt event', async () => {
    const { model, store, create, time, faults } = setUp();
    model.start();
    create('s');
    await model.waitFor(1, 1_000);
    const waiting = model.waitFor(2, 60_000);
    store.fail(corruptEvent('schedule-s', 1, 2));
    expect(await waiting).toBe(false);
    expect(model.failure()).toMatchObject({ code: 'corrupt_event' });
    expect(faults).toMatchObject([{ fatal: true }]);
    await time.settle();
    expect(store.subscriptions).toBe(1);
  });

  it('goes on where it stopped, in another process', async () => {
    const path = temporary();
    const first = setUp(new LogStore(), path);
    first.model.start();
    first.create('s');
    await first.model.waitFor(1, 1_000);
    await first.model.close();
    const second = setUp(first.store, path);
    expect(second.model.position()).toBe(1);
    second.create('t');
    second.model.start();
    expect(await second.model.waitFor(2, 1_000)).toBe(true);
    expect(second.model.schedules('default').items).toHaveLength(2);
  });
});

describe('an empty read model far behind the log', () => {
  const log = typicalLog(50, 4_000);

  it('is loaded, indexed, and equal to one that was there all along', async () => {
    const path = temporary();
    const { model, store, create } = setUp(new LogStore(log), path);
    const whole = hashReadModel(modelOf(log).db);
    model.start();
    expect(await model.waitFor(log.head, 60_000)).toBe(true);
    await model.stop();
    expect(hashReadModel(path)).toEqual(whole);
    model.start();
    create('one-more');
    expect(await model.waitFor(log.head, 60_000)).toBe(true);
    expect(store.subscriptions).toBe(2);
  });
});

describe('a read model whose log is not the one that it was folded from', () => {
  /** Folds a log into a file and closes it; then the same file meets another log. */
  async function meets(store: LogStore) {
    const path = temporary();
    const first = setUp(new LogStore(typicalLog(5, 40)), path);
    first.model.start();
    await first.model.waitFor(first.store.log.head, 60_000);
    await first.model.close();
    const before = hashReadModel(path);
    const second = setUp(store, path);
    second.model.start();
    expect(await second.model.waitFor(1, 60_000)).toBe(false);
    await second.model.close();
    expect(hashReadModel(path)).toEqual(before);
    return second.faults;
  }
  const refused = { fatal: true, error: { code: 'corrupt_event' } };

  it('is refused where the log has lost its end', async () => {
    const log = typicalLog(5, 40);
    const lost = log.events.pop();
    expect(await meets(new LogStore(log))).toMatchObject([refused]);
    const [fault] = await meets(new LogStore(log));
    expect(String(fault?.error)).toContain(
      `does not have event ${lost?.id} at position ${lost?.position} (revision ${lost?.revision} of ${lost?.stream})`,
    );
  });

  it('is refused where an older copy of the log has grown beyond it', async () => {
    const log = typicalLog(5, 40);
    log.events.splice(20);
    for (let n = 0; n < 40; n += 1)
      log.schedule(`new-${n}`, {
        type: 'ScheduleCreated',
        data: { id: `new-${n}`, definition: definitionOf() },
      });
    expect(await meets(new LogStore(log))).toMatchObject([refused]);
  });

  it('is taken up again where the log has only grown', async () => {
    const path = temporary();
    const store = new LogStore(typicalLog(5, 40));
    const first = setUp(store, path);
    first.model.start();
    await first.model.waitFor(store.log.head, 60_000);
    await first.model.close();
    const second = setUp(store, path);
    second.create('late');
    second.model.start();
    expect(await second.model.waitFor(store.log.head, 60_000)).toBe(true);
    expect(second.model.schedule('default', 'late')).toBeDefined();
    expect(second.faults).toEqual([]);
  });
});
