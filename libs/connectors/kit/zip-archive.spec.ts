import { mkdtempSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { zip, type ZipFile } from '../testing/zip-writer.js';
import { zipLimits, zipMembers } from './zip-archive.js';

/** What the members of an archive hold, by name. */
async function unpacked(files: readonly ZipFile[], names: readonly string[]): Promise<readonly string[]> {
  const path = join(mkdtempSync(join(tmpdir(), 'zip-')), 'a.zip');
  writeFileSync(path, zip(files));
  const handle = await open(path);
  try {
    const members = await zipMembers(handle, zipLimits);
    const texts: string[] = [];
    for (const member of members.filter(({ name }) => names.includes(name)))
      texts.push(await text(await member.open()));
    return texts;
  } finally {
    await handle.close();
  }
}

const long = 'a row, and another one\n'.repeat(20_000);
const good: ZipFile = { name: 'good.csv', text: long };

test('a member whose bytes are not those that were packed: CONFIG at its end; the others are read', async () => {
  const files = [good, { name: 'bad.csv', text: long, claimedCrc: 1 }];
  await expect(unpacked(files, ['bad.csv'])).rejects.toMatchObject({ class: 'CONFIG', code: 'zip_damaged' });
  expect(await unpacked(files, ['good.csv'])).toEqual([long]);
});

test.each([
  [9, 'Deflate64'],
  [12, 'bzip2'],
  [14, 'LZMA'],
  [97, 'method 97'],
])('a member packed by method %s: CONFIG, and told so; the others are read', async (method, words) => {
  const files = [good, { name: 'odd.csv', text: long, method }];
  await expect(unpacked(files, ['odd.csv'])).rejects.toMatchObject({
    class: 'CONFIG',
    code: 'zip_method',
    message: expect.stringContaining(words),
  });
  expect(await unpacked(files, ['good.csv'])).toEqual([long]);
});
