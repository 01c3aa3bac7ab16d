import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { ReadStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { T0 } from '#lib/domain/testing';
import { stillTime } from '#lib/ports/testing';
import { Inbox, type InboxOptions } from './inbox.js';

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
