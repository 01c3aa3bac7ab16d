import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import type { ReadStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { T0 } from '#lib/domain/testing';
import { nthId, stillTime } from '#lib/ports/testing';
import { Inbox, type InboxOptions } from './inbox.js';
import { UploadStorageFull } from './uploads.js';

let folder: string;
let look: () => Promise<void>;
let stop: () => Promise<void>;
const given: ReadStream[] = [];
const told: string[] = [];

/** An inbox that looks when the test says so. */
async function open(take: InboxOptions['take']): Promise<void> {
  let armed = Promise.withResolvers<() => void>();
  const still = stillTime(T0);
  const after = (_: number, callback: () => void): (() => void) => {
    armed.resolve(callback);
    return () => {};
  };
  const inbox = new Inbox({
    folder,
    environment: { ...still, timers: { ...still.timers, after } },
    take: (connection, content) => {
      given.push(content as ReadStream);
      return take(connection, content);
    },
    onTaken: (connection) => told.push(`taken ${connection}`),
    onError: (what) => told.push(`refused ${what}`),
  });
  await inbox.start();
  look = async () => {
    const fire = await armed.promise;
    armed = Promise.withResolvers();
    fire();
    await armed.promise;
  };
  stop = () => inbox.stop();
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'syncopate-inbox-'));
  given.length = 0;
  told.length = 0;
});
afterEach(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

test('given an outage, a file stays until it is over, and is taken then', async () => {
  const answers = ['later', 'taken'] as const;
  let asked = 0;
  await open(async () => answers[asked++] ?? 'taken');
  writeFileSync(join(folder, 'ann-netflix.zip'), 'views');
  await look();
  await look();
  expect(existsSync(join(folder, 'ann-netflix.zip'))).toBe(true);
  expect(told).toEqual([]);
  await look();
  await look();
  expect(told).toEqual(['taken ann-netflix']);
  expect(existsSync(join(folder, 'ann-netflix.zip'))).toBe(false);
});

test('given one that is refused before it was read, it is set aside and not kept open', async () => {
  await open(() => Promise.reject(new Error('no such connection')));
  writeFileSync(join(folder, 'nobody.zip'), 'views');
  await look();
  await look();
  expect(told).toEqual(['refused inbox nobody.zip']);
  expect(existsSync(join(folder, 'refused', 'nobody.zip'))).toBe(true);
  expect(given.map(({ destroyed }) => destroyed)).toEqual([true]);
});

const textOf = async (content: AsyncIterable<Uint8Array>): Promise<string> => {
  const parts: Uint8Array[] = [];
  for await (const part of content) parts.push(part);
  return Buffer.concat(parts).toString();
};

test('given one that is moved over another while that is read, both are taken', async () => {
  const path = join(folder, 'ann-netflix.zip');
  const taken: string[] = [];
  await open(async (_, content) => {
    taken.push(await textOf(content));
    if (taken.length > 1) return 'taken';
    writeFileSync(join(folder, '.coming'), 'newer views');
    renameSync(join(folder, '.coming'), path);
    return 'taken';
  });
  writeFileSync(path, 'views');
  for (let looks = 0; looks < 4; looks += 1) await look();
  expect(taken).toEqual(['views', 'newer views']);
  expect(readdirSync(folder)).toEqual(['refused']);
});

test('given one that is moved over another while that waits for an outage to end, the newer one is taken', async () => {
  const path = join(folder, 'ann-netflix.zip');
  const taken: string[] = [];
  await open(async (_, content) => {
    taken.push(await textOf(content));
    if (taken.length > 1) return 'taken';
    writeFileSync(path, 'newer views');
    return 'later';
  });
  writeFileSync(path, 'views');
  for (let looks = 0; looks < 4; looks += 1) await look();
  expect(taken).toEqual(['views', 'newer views']);
  expect(readdirSync(folder)).toEqual(['refused']);
});

test('given one of a name that was refused before, both are kept', async () => {
  await open(() => Promise.reject(new Error('no such connection')));
  for (const text of ['first', 'second', 'third']) {
    writeFileSync(join(folder, 'nobody.zip'), text);
    await look();
    await look();
  }
  const kept = readdirSync(join(folder, 'refused')).map((name) =>
    readFileSync(join(folder, 'refused', name), 'utf8'),
  );
  expect(kept.toSorted()).toEqual(['first', 'second', 'third']);
});

test('given a disk that is full, a file stays until there is room', async () => {
  let full = true;
  await open(async () => {
    if (full) throw new UploadStorageFull();
    return 'taken';
  });
  writeFileSync(join(folder, 'ann-netflix.zip'), 'views');
  await look();
  await look();
  expect(existsSync(join(folder, 'ann-netflix.zip'))).toBe(true);
  full = false;
  await look();
  await look();
  expect(told).toEqual(['taken ann-netflix']);
});

test('given one that is being read when the service stops, the reading ends and the next start takes it', async () => {
  const reading = Promise.withResolvers<void>();
  await open(async (_, content) => {
    for await (const part of content) {
      reading.resolve();
      if (part.length > 0) await new Promise((resolve) => setImmediate(resolve));
    }
    return 'taken';
  });
  writeFileSync(join(folder, 'ann-netflix.zip'), Buffer.alloc(64 * 1024 ** 2));
  await look();
  const looking = look();
  await reading.promise;
  await stop();
  void looking;
  expect(told).toEqual([]);
  expect(readdirSync(folder)).toEqual(['ann-netflix.zip', 'refused']);
});

test('given one that a killed process was taking, it is taken; one that another process takes now is left to that', async () => {
  mkdirSync(join(folder, 'refused'));
  const taking = (n: number, name: string) => join(folder, `.taking-${nthId(n)}-${name}`);
  for (const [n, name] of ['ann-netflix.zip', 'ben-netflix.zip'].entries())
    writeFileSync(taking(n, name), 'views');
  utimesSync(taking(0, 'ann-netflix.zip'), 1, 1);
  utimesSync(taking(1, 'ben-netflix.zip'), T0 / 1_000, T0 / 1_000);
  await open(async () => 'taken');
  for (let looks = 0; looks < 3; looks += 1) await look();
  expect(told).toEqual(['taken ann-netflix']);
  expect(readdirSync(folder)).toEqual([`.taking-${nthId(1)}-ben-netflix.zip`, 'refused']);
});
