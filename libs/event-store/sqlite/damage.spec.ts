import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isEventStoreError, type EventStore, type NewEvent, type RecordedEvent } from '../port/index.js';
import { failureCode, listen, newEvent } from '../testing/index.js';
import { openSqliteEventStore } from './index.js';

const script = fileURLToPath(new URL('../testing/appending-process.ts', import.meta.url));
const loader = new URL('../testing/load-typescript.mjs', import.meta.url).href;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'event-store-damage-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

type Child = { readonly process: ChildProcess; readonly lines: string[]; readonly ended: Promise<void> };

/** `onLine` is told how many lines there are. What was in the pipe when the process died is still read. */
function appendingProcess(
  path: string,
  onLine: (count: number, child: ChildProcess) => void = () => undefined,
): Child {
  const child = spawn(process.execPath, ['--import', loader, script, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {},
  });
  const lines: string[] = [];
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    onLine(lines.length, child);
  });
  return { process: child, lines, ended: new Promise((resolve) => child.on('close', () => resolve())) };
}

describe('another process', () => {
  test('is refused a log in use', async () => {
    const path = join(folder, 'in-use.db');
    const store = await openSqliteEventStore({ path });
    const child = appendingProcess(path);
    await child.ended;
    await store.close();
    expect(child.lines).toEqual(['store_in_use']);
  });

  test('killed while it appends, over and over, loses nothing that was acknowledged, nor half an append', async () => {
    const path = join(folder, 'killed.db');
    const acknowledged: string[] = [];
    for (const kill of [1, 60, 400, 1_500]) {
      const child = appendingProcess(path, (count, process) => count >= kill && process.kill('SIGKILL'));
      await child.ended;
      acknowledged.push(...child.lines);
      const store = await openSqliteEventStore({ path });
      const events = await store.readAll(0, 1_000_000);
      await store.close();
      const stored = new Set(events.map(({ stream, revision, id }) => `${stream} ${revision} ${id}`));
      expect(acknowledged.filter((line) => !stored.has(line))).toEqual([]);
      expect(events.length % 3).toBe(0);
    }
    expect(acknowledged.length).toBeGreaterThan(1_900);
  });
});

describe('a log with a flipped bit', () => {
  const names = Array.from({ length: 12 }, (_, n) => `schedule-${n}`);
  let bytes: Buffer;
  let intact: readonly RecordedEvent[];
  let opened = 0;

  const everything = async (store: EventStore): Promise<unknown> => ({
    all: await store.readAll(0, 10_000),
    streams: await Promise.all(names.map((name) => store.readStream(name))),
    backwards: await Promise.all(names.map((name) => store.readStream(name, { backwards: true }))),
  });

  /** What reading a damaged copy gives: the error's code, or everything that it says. */
  const readDamaged = async (
    damaged: number | readonly number[],
    bit: number,
    checkUpTo?: number,
  ): Promise<unknown> => {
    const copy = Buffer.from(bytes);
    for (const offset of [damaged].flat()) copy[offset] = (copy[offset] ?? 0) ^ (1 << bit);
    const path = join(folder, `flipped-${(opened += 1)}.db`);
    writeFileSync(path, copy);
    let store: EventStore | undefined;
    try {
      store = await openSqliteEventStore({ path, ...(checkUpTo === undefined ? {} : { checkUpTo }) });
      return await everything(store);
    } catch (error) {
      return isEventStoreError(error) ? error.code : error;
    } finally {
      await store?.close();
    }
  };

  let expected: unknown;
  beforeAll(async () => {
    const path = join(folder, 'intact.db');
    const store = await openSqliteEventStore({ path });
    for (let n = 0; n < 20; n += 1) {
      await Promise.all(
        names.map((name, s) =>
          store.append(name, n - 1, [newEvent({ mark: `mark-${n}-${s}`, text: 'y'.repeat(60) })]),
        ),
      );
    }
    intact = await store.readAll(0, 10_000);
    expected = await everything(store);
    await store.close();
    bytes = readFileSync(path);
  });

  test('anywhere in the file, is found or changes nothing: it is never read as something else', async () => {
    // A fixed stride, prime to the page size, so that every kind of page and of place in it is hit.
    const offsets = Array.from({ length: 60 }, (_, n) => (n * 7_919 + 13) % bytes.length);
    let found = 0;
    for (const [n, offset] of offsets.entries()) {
      const read = await readDamaged(offset, n % 8);
      if (typeof read === 'string') {
        expect(['corrupt_event', 'store_unsafe', 'store_unavailable']).toContain(read);
        found += 1;
      } else {
        expect(read).toEqual(expected);
      }
    }
    // The rest falls into parts of pages that hold nothing.
    expect(found).toBeGreaterThan(30);
  });

  test('in the data of an event, is corrupt by its checksum alone', async () => {
    for (const mark of ['mark-0-0', 'mark-7-3', 'mark-19-11']) {
      // A split page leaves a copy of the row behind that nobody reads: all of them are damaged.
      const places: number[] = [];
      for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) places.push(at + 3);
      expect(await readDamaged(places, 1, 0)).toBe('corrupt_event');
    }
  });

  test('ends a subscription when it gets there, after what came before', async () => {
    const path = join(folder, 'subscribed.db');
    const copy = Buffer.from(bytes);
    const at = copy.indexOf('mark-10-5');
    copy[at] = (copy[at] ?? 0) ^ 1;
    writeFileSync(path, copy);
    const store = await openSqliteEventStore({ path, checkUpTo: 0 });
    const heard: RecordedEvent[] = [];
    const reading = listen(
      store,
      { after: 0, batchSize: 10, onBatch: ({ events }) => void heard.push(...events) },
      () => false,
    );
    expect(await failureCode(reading)).toBe('corrupt_event');
    const damagedAt = intact.findIndex(({ data }) => (data as { mark: string }).mark === 'mark-10-5');
    expect(heard.length).toBeLessThanOrEqual(damagedAt);
    await store.close();
  });
});

describe('a disk that is full', () => {
  const mounted = (): string | undefined => {
    const place = mkdtempSync(join(tmpdir(), 'event-store-disk-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', place], { stdio: 'ignore' });
      return place;
    } catch {
      rmSync(place, { recursive: true });
      return undefined;
    }
  };
  const disk = mounted();
  afterAll(() => {
    if (disk === undefined) return;
    execFileSync('umount', [disk]);
    rmSync(disk, { recursive: true });
  });

  const name =
    'refuses appends with storage_full, keeps what was acknowledged, and goes on when there is space';
  if (disk === undefined) {
    test.skip(`${name} (skipped: tmpfs cannot be mounted here)`, () => undefined);
    return;
  }

  test(name, async () => {
    const ballast = join(disk, 'ballast');
    writeFileSync(ballast, Buffer.alloc(1_500_000));
    mkdirSync(join(disk, 'log'));
    const store = await openSqliteEventStore({ path: join(disk, 'log', 'log.db') });
    const filling = async (): Promise<readonly NewEvent[]> => {
      for (let n = 0; ; n += 1) {
        const events = [newEvent({ n, text: 'x'.repeat(8_000) }), newEvent({ n })];
        const code = await failureCode(store.append(`fill-${n}`, -1, events));
        if (code === 'none') continue;
        expect(code).toBe('storage_full');
        stored = n;
        return events;
      }
    };
    let stored = 0;
    const refused = await filling();
    expect(await store.readStream(`fill-${stored}`)).toEqual([]);
    expect(await store.readAll(0, 10_000)).toHaveLength(stored * 2);
    expect(await failureCode(store.append(`fill-${stored}`, -1, refused))).toBe('storage_full');
    rmSync(ballast);
    expect((await store.append(`fill-${stored}`, -1, refused)).position).toBe((stored + 1) * 2);
    await store.close();
  });
});
