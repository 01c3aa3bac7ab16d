import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openFile } from './read-model-file.js';

const layout = { ddl: ['CREATE TABLE t (n INTEGER)'], indexes: [], logic: 1 };

test.each([
  ['no file', () => {}],
  ['one of another version', (path: string) => openFile(path, { ...layout, logic: 2 }).close()],
  ['a damaged one', (path: string) => writeFileSync(path, 'no database at all'.repeat(100))],
])('given %s, the one that is made is for its owner only', (_, before) => {
  const folder = mkdtempSync(join(tmpdir(), 'syncopate-read-model-'));
  const umask = process.umask(0o002);
  try {
    const path = join(folder, 'read-model.sqlite');
    before(path);
    const db = openFile(path, layout);
    db.exec('INSERT INTO t (n) VALUES (1)');
    for (const end of ['', '-wal', '-shm']) expect(statSync(path + end).mode & 0o777).toBe(0o600);
    db.close();
  } finally {
    process.umask(umask);
    rmSync(folder, { recursive: true });
  }
});
