import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { RecordedEvent } from '#lib/event-store/port';
import { VirtualTime } from '#lib/ports/testing';
import { hashReadModel } from '../store/hash.js';
import type { Log } from '../testing/log.js';
import { LogStore } from '../testing/log-store.js';
import { modelOf } from '../testing/model.js';
import { randomLog, steps } from '../testing/random-log.js';
import { typicalLog } from '../testing/samples.js';
import { openReadModel } from './read-model.js';
import { rebuildReadModel } from './rebuild.js';
import { loadShare, type ShareLoaders } from './shares.js';

const environment = new VirtualTime();
const decode = (event: RecordedEvent): RecordedEvent => {
  if (event.metadata.actor === 'broken') throw new Error('malformed');
  return event;
};
const newFolder = (): string => mkdtempSync(join(tmpdir(), 'projections-'));

/** As streams began: those of the first share are over before the others. Three events a page. */
function sharesOf(log: Log, count: number, failing?: number): ShareLoaders {
  const streams = [...new Set(log.events.map(({ stream }) => stream))];
  return {
    count,
    worthFrom: 0,
    async load(share, { onPosition }) {
      if (share.nth === failing) throw new Error('no more memory');
      const shareOf = (stream: string): number =>
        Math.floor((streams.indexOf(stream) * share.of) / streams.length);
      const own = log.events.filter(({ stream }) => shareOf(stream) === share.nth);
      const page = (after: number) => own.filter(({ position }) => position > after).slice(0, 3);
      return loadShare(share, { pages: { page }, now: () => 0, onPosition, decode });
    },
  };
}

const rebuild = (path: string, log: Log, shares: ShareLoaders, swap = false) =>
  rebuildReadModel({
    path,
    store: new LogStore(log).asEventStore,
    environment,
    decode,
    shares,
    swap,
  });

describe('a log that is loaded in shares', () => {
  it('gives the same bytes in however many', async () => {
    const folder = newFolder();
    let file = 0;
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 2, max: 4 }), async (plan, count) => {
        const log = randomLog(plan);
        const whole = hashReadModel(modelOf(log, decode).db);
        const { rebuilt, events } = await rebuild(
          join(folder, `${(file += 1)}.db`),
          log,
          sharesOf(log, count),
        );
        expect(rebuilt).toEqual(whole);
        expect(events).toBe(log.events.length);
      }),
      { numRuns: 15 },
    );
  });

  it('is put in place whole, indices and all, and leaves no other file', async () => {
    const folder = newFolder();
    const log = typicalLog(20, 300);
    const positions: number[] = [];
    const { rebuilt, swapped } = await rebuildReadModel({
      path: join(folder, 'read-model.db'),
      store: new LogStore(log).asEventStore,
      environment,
      decode,
      shares: sharesOf(log, 3),
      swap: true,
      onProgress: (position) => positions.push(position),
    });
    expect(swapped).toBe(true);
    expect(hashReadModel(join(folder, 'read-model.db'))).toEqual(rebuilt);
    expect(readdirSync(folder)).toEqual(['read-model.db']);
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
    expect(positions.at(-1)).toBe(log.head);
  });

  it('fails with the share that failed, and leaves nothing behind', async () => {
    const folder = newFolder();
    const log = typicalLog(20, 300);
    const path = join(folder, 'read-model.db');
    await expect(rebuild(path, log, sharesOf(log, 3, 1))).rejects.toThrow('no more memory');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a read model that is far behind when it is opened', () => {
  /** Longer than what is read in one go in any case. */
  const log = typicalLog(40, 6_000);

  function open(loaders: Partial<ShareLoaders>) {
    const faults: unknown[] = [];
    const store = new LogStore(log);
    const path = join(newFolder(), 'read-model.db');
    const shares = { ...sharesOf(log, 2), ...loaders };
    const onFault = ({ error }: { error: unknown }): void => void faults.push(error);
    const model = openReadModel({ path, store, environment, decode, shares, onFault });
    model.start();
    return { model, faults, path };
  }

  it('is loaded in shares, and goes on by itself', async () => {
    const { model, faults, path } = open({});
    expect(await model.waitFor(log.head, 60_000)).toBe(true);
    expect(model.schedules('default').items).toHaveLength(40);
    await model.close();
    expect(faults).toEqual([]);
    expect(hashReadModel(path).sha256).toBe(hashReadModel(modelOf(log, decode).db).sha256);
  });

  it('is read alone when a share fails, which is told', async () => {
    const { model, faults } = open(sharesOf(log, 2, 1));
    expect(await model.waitFor(log.head, 60_000)).toBe(true);
    expect(faults).toEqual([new Error('no more memory')]);
    expect(model.schedules('default').items).toHaveLength(40);
    await model.close();
  });

  it('can be closed meanwhile', async () => {
    const begun = Promise.withResolvers<void>();
    const { model, faults } = open({
      load: (_, { signal }) =>
        new Promise((_resolve, reject) => {
          begun.resolve();
          signal?.addEventListener('abort', () => reject(new Error('ended')));
        }),
    });
    await begun.promise;
    await model.close();
    expect(faults).toEqual([]);
  });
});
