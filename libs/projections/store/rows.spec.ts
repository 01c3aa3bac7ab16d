import { expect, test } from '@jest/globals';
import { openFile } from './read-model-file.js';
import { layout, RowStore } from './rows.js';

test('given a disk that is full when indices are made, they are made once there is room', () => {
  const db = openFile(':memory:', layout);
  const store = new RowStore(db);
  const pages = Number(db.prepare('PRAGMA page_count').get()?.['page_count']);
  db.exec(`PRAGMA max_page_count = ${pages}`);
  expect(() => store.createIndexes()).toThrow(/full/);
  expect(store.indexed).toBe(false);
  db.exec('PRAGMA max_page_count = 100000');
  store.createIndexes();
  expect(store.indexed).toBe(true);
  db.close();
});
