import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { inherited, openFolder } from './surroundings.js';
import { writeExports } from './world.js';

const nats = { CLUSTER_NATS: 'nats://127.0.0.1:1' };
let folder: string;
let umask: number;
let settings: { readonly SYNCOPATE_DATA: string };
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'syncopate-demo-'));
  settings = { SYNCOPATE_DATA: join(folder, 'data') };
  // As most desktops have it: what is made may be written to by the group.
  umask = process.umask(0o002);
});
afterEach(() => {
  process.umask(umask);
  rmSync(folder, { recursive: true });
});
const modeOf = (path: string): number => statSync(path).mode & 0o777;

test('given an operator who has set up a service, the demo starts with nothing of that', () => {
  const theirs = { PATH: '/bin', SYNCOPATE_API_KEYS: 'k', SYNCOPATE_NATS_URL: 'nats://live' };
  expect(inherited(theirs)).toEqual({ PATH: '/bin' });
});

describe('given a folder that is not there', () => {
  test('all that is made of it is for its owner', () => {
    const made = openFolder(settings);
    writeExports(made);
    for (const path of [settings.SYNCOPATE_DATA, made, join(made, 'imports')])
      expect(modeOf(path)).toBe(0o700);
  });
});

describe('given a demo that was cut off', () => {
  test('the next goes on with what it left, and a cluster has nothing to do with it', () => {
    const left = join(openFolder(settings), 'events.sqlite');
    writeFileSync(left, '');
    expect(openFolder({ ...settings, ...nats, CLUSTER_LOG_IN_MEMORY: '1' })).not.toBe(openFolder(settings));
    expect(existsSync(left)).toBe(true);
  });
});

describe('given a cluster that was cut off', () => {
  test.each([
    ['in memory, the next begins anew', { CLUSTER_LOG_IN_MEMORY: '1' }, false],
    ['on a server, the next goes on', {}, true],
  ])('with its log %s', (_, more, kept) => {
    const left = join(openFolder({ ...settings, ...nats, ...more }), 'read-model.sqlite');
    writeFileSync(left, '');
    openFolder({ ...settings, ...nats, ...more });
    expect(existsSync(left)).toBe(kept);
  });
});
