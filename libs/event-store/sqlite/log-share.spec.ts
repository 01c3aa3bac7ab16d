import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { failureCode, newEvent } from '../testing/index.js';
import { LogShare, openSqliteEventStore } from './index.js';

let path = '';
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'log-share-')), 'log.db');
});

/** 30 streams with 4 events each, all mixed. */
async function write() {
  const store = await openSqliteEventStore({ path });
  for (let n = 0; n < 4; n += 1)
    await Promise.all(
      Array.from({ length: 30 }, (_, s) =>
        store.append(`schedule-${s}`, n - 1, [newEvent({ mark: `${n}-${s}!` })]),
      ),
    );
  const events = await store.readAll(0, 1_000);
  await store.close();
  return events;
}

function read(nth: number, of: number, upTo: number) {
  const share = new LogShare(path, { nth, of }, upTo);
  try {
    return share.page(0);
  } finally {
    share.close();
  }
}

const failure = (nth: number): Promise<string> =>
  failureCode(new Promise((resolve) => resolve(read(nth, 2, 120))));

describe('the shares of a log', () => {
  it('have every event once together, all of a stream in one of them, and in order', async () => {
    const events = await write();
    const shares = [0, 1, 2].map((nth) => read(nth, 3, 120));
    expect(shares.flat().toSorted((a, b) => a.position - b.position)).toEqual(events);
    const streams = shares.map((share) => new Set(share.map(({ stream }) => stream)));
    expect(streams.reduce((sum, { size }) => sum + size, 0)).toBe(30);
    expect(Math.min(...streams.map(({ size }) => size))).toBeGreaterThan(5);
    for (const share of shares) expect(share).toEqual(share.toSorted((a, b) => a.position - b.position));
  });

  it('are of streams that were begun one after the other, so that their rows lie together', async () => {
    await write();
    const begun = [0, 1, 2].map((nth) => read(nth, 3, 120).filter(({ revision }) => revision === 0));
    const ends = begun.map((share) => [share.at(0)?.position ?? 0, share.at(-1)?.position ?? 0]);
    expect(ends.flat()).toEqual(ends.flat().toSorted((a, b) => a - b));
  });

  it('are empty but for one where there is one stream', async () => {
    const store = await openSqliteEventStore({ path });
    await store.append('schedule-1', -1, [newEvent(), newEvent()]);
    await store.close();
    expect([0, 1, 2].map((nth) => read(nth, 3, 2).length).toSorted()).toEqual([0, 0, 2]);
  });

  it('are alike, also where streams of two kinds are begun by turns', async () => {
    const store = await openSqliteEventStore({ path });
    for (let n = 0; n < 100; n += 1)
      for (const kind of ['schedule', 'connection']) await store.append(`${kind}-${n}`, -1, [newEvent()]);
    await store.close();
    for (const count of [2, 4]) {
      const first = read(0, count, 200).filter(({ stream }) => stream.startsWith('schedule'));
      expect(Math.abs(first.length - 100 / count)).toBeLessThan(15);
    }
  });

  it('go as far as they were told, and on from where they were', async () => {
    const events = await write();
    const share = new LogShare(path, { nth: 0, of: 1 }, 50);
    expect(share.page(0)).toEqual(events.slice(0, 50));
    expect(share.page(40)).toEqual(events.slice(40, 50));
    expect(share.page(50)).toEqual([]);
    share.close();
  });

  it('show an event that was damaged, in the one that has it', async () => {
    await write();
    const bytes = readFileSync(path);
    for (let at = bytes.indexOf('2-7!'); at >= 0; at = bytes.indexOf('2-7!', at + 1)) bytes.write('2-8!', at);
    writeFileSync(path, bytes);
    expect([await failure(0), await failure(1)].toSorted()).toEqual(['corrupt_event', 'none']);
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7])(
    'show an event of which bit %i of what its stream is kept as has flipped',
    async (bit) => {
      await write();
      const bytes = readFileSync(path);
      // Its record's header: no position, a stream and a revision of one byte each, 16 bytes of an id.
      const at = bytes.lastIndexOf(Buffer.from([0, 1, 1, 44]), bytes.indexOf('2-17!')) + 1;
      bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
      writeFileSync(path, bytes);
      for (const count of [1, 2, 3]) {
        const shares = Array.from({ length: count }, (_, nth) =>
          failureCode(new Promise((resolve) => resolve(read(nth, count, 120)))),
        );
        expect(await Promise.all(shares)).toContain('corrupt_event');
      }
    },
  );

  it.each([1, 60, 120])('show that the event at %i is missing, in the first', async (position) => {
    await write();
    const db = new DatabaseSync(path);
    db.prepare('DELETE FROM events WHERE position = ?').run(position);
    db.close();
    expect(() => read(0, 2, 120)).toThrow(`missing from the log at position ${position}`);
  });
});
