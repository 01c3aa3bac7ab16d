import { DatabaseSync } from 'node:sqlite';
import { expect, test } from '@jest/globals';
import { HOUR } from '#lib/domain/kernel';
import { createTableSql, snakeCase } from '../store/table.js';
import { MOST_ROWS, statisticQueries } from './queries.js';
import { countNames, statisticTable } from './table.js';

test('given more counters than are read at once, a range of them is refused, and a shorter one is told', () => {
  const db = new DatabaseSync(':memory:');
  db.exec(createTableSql(statisticTable));
  const names = [...countNames, 'durationSumMs', 'latenessSumMs'].map(snakeCase);
  db.exec(`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${MOST_ROWS})
    INSERT INTO sync_statistics (tenant, bucket, scope, subject, start, ${names.join(', ')})
    SELECT 'default', 'hour', 'user', printf('u%d', i % 100), (i / 100) * ${HOUR}, ${names.map(() => 1).join(', ')} FROM n`);
  const { statistics } = statisticQueries(db);
  const range = { from: 0, to: 1_000 * HOUR, bucket: 'hour', scope: 'user' } as const;
  expect(() => statistics('default', range)).toThrow('more than 50000 hours or days');
  expect(() => statistics('default', { ...range, bucket: 'day' })).toThrow('more than 50000 hours or days');
  expect(statistics('default', { ...range, to: 10 * HOUR })).toHaveLength(1_000);
  expect(statistics('default', { ...range, subject: 'u7' })).toHaveLength(500);
});
