import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { until } from '#lib/ports/testing';
import { Uploads } from './uploads.js';

const owner = { tenant: 'default', connection: 'ann-netflix' };
const HOURS = 3_600;
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'syncopate-uploads-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** What a system call says when there is no room; the content stands for the disk, which a test cannot fill. */
const failing = (code: string): Readable =>
  new Readable({
    read() {
      this.destroy(Object.assign(new Error(`${code}: write`), { code }));
    },
  });

test.each(['ENOSPC', 'EDQUOT'])(
  'given a disk without room (%s), it is said, and nothing is left',
  async (code) => {
    const uploads = new Uploads(root, 1024);
    await expect(uploads.store(owner, failing(code))).rejects.toMatchObject({
      name: 'UploadStorageFull',
      code: 'storage_full',
    });
    expect(readdirSync(join(root, 'default/ann-netflix'))).toEqual([]);
  },
);

test('given any other failure, it is told as it is', async () => {
  await expect(new Uploads(root, 1024).store(owner, failing('EIO'))).rejects.toMatchObject({ code: 'EIO' });
});

test('given what killed processes left half-written, it goes with the first upload; what is being written stays', async () => {
  const other = join(root, 'default/bob-netflix');
  mkdirSync(other, { recursive: true });
  for (const name of ['.partial-old', '.partial-new', 'kept']) writeFileSync(join(other, name), 'half');
  const now = Date.now() / 1_000;
  for (const name of ['.partial-old', 'kept'])
    utimesSync(join(other, name), now - 2 * HOURS, now - 2 * HOURS);
  await new Uploads(root, 1024).store(owner, Readable.from([Buffer.from('views')]));
  await until(() => !readdirSync(other).includes('.partial-old'));
  expect(readdirSync(other).toSorted()).toEqual(['.partial-new', 'kept']);
});

test.each([[['older', 'newer']], [['newer', 'older']]])(
  'given two uploads at once, neither takes the file of the other, named in the order %j; a later one takes both',
  async (order) => {
    const uploads = new Uploads(root, 1024);
    const files: Record<string, { readonly file: string; readonly digest: string }> = {};
    for (const [name, age] of Object.entries({ older: 20, newer: 10 })) {
      const stored = await uploads.store(owner, Readable.from([Buffer.from(name)]));
      const at = Date.now() / 1_000 - age;
      utimesSync(join(root, stored.file), at, at);
      files[name] = stored;
    }
    const [first, last] = order.map((name) => files[name]!);
    await Promise.all([uploads.prune(owner, first!.digest), uploads.prune(owner, last!.digest)]);
    expect(readdirSync(join(root, 'default/ann-netflix'))).toContain(last!.digest);
    const later = await uploads.store(owner, Readable.from([Buffer.from('later')]));
    await uploads.prune(owner, later.digest);
    expect(readdirSync(join(root, 'default/ann-netflix'))).toEqual([later.digest]);
  },
);
