import { DatabaseSync } from 'node:sqlite';
import { expect, test } from '@jest/globals';
import { openRunTable } from '../work/table.js';
import { createIndexSql, createTableSql } from '../store/table.js';
import { logQueries } from './queries.js';
import { hasEnded, logStatuses, logTable, type LogStatus } from './table.js';

/** Ten thousand that succeeded, and every other status now and then. */
const ROWS = 10_000;
const statusOf = (n: number): LogStatus =>
  n % 97 === 0 ? (logStatuses[(n / 97) % logStatuses.length] ?? 'succeeded') : 'succeeded';

function given() {
  const db = new DatabaseSync(':memory:');
  for (const table of [logTable, openRunTable]) {
    db.exec(createTableSql(table as typeof logTable));
    for (const sql of createIndexSql(table as typeof logTable)) db.exec(sql);
  }
  const log = db.prepare(
    `INSERT INTO sync_schedule_logs (seq, run, schedule, tenant, generation, nominal, status, attempts, failures, snoozes)
     VALUES (?, ?, 's', ?, 1, ?, ?, 0, 0, 0)`,
  );
  const open = db.prepare(
    `INSERT INTO open_runs (run, seq, schedule, tenant, operation, trigger, attempt, nominal, effective, status, cancel_requested)
     VALUES (?, ?, 's', ?, 'full_sync', 'manual', 1, ?, ?, ?, 0)`,
  );
  for (let n = 0; n < ROWS; n += 1) {
    const [tenant, status, nominal] = [n % 2 === 0 ? 'default' : 'other', statusOf(n), 1_000 + (n >> 2)];
    log.run(n, `r${n}`, tenant, nominal, status);
    if (!hasEnded(status)) open.run(`r${n}`, n, tenant, nominal, nominal, status);
  }
  const plans: string[] = [];
  const { runs } = logQueries({
    prepare: (sql) => {
      const steps = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
      plans.push(...steps.map((step) => String(step['detail'])));
      return db.prepare(sql);
    },
  });
  return { runs, plans };
}

const { runs, plans } = given();

test.each<readonly [string, readonly LogStatus[]]>([
  ...logStatuses.map((status) => [status, [status]] as const),
  ['all that are open', logStatuses.filter((status) => !hasEnded(status))],
  ['all that ended otherwise', ['cancelled', 'abandoned', 'skipped', 'missed']],
  ['one that is open and one that has ended', ['running', 'abandoned']],
])('given few runs among many that are %s, their pages hold them all, newest first', (_name, status) => {
  const wanted = Array.from({ length: ROWS }, (_, n) => n)
    .filter((n) => n % 2 === 0 && status.includes(statusOf(n)))
    .toSorted((a, b) => (b >> 2) - (a >> 2) || b - a);
  const found: number[] = [];
  let cursor: string | undefined;
  do {
    const page = runs('default', { status }, { limit: status.includes('succeeded') ? 500 : 7, cursor });
    found.push(...page.items.map(({ seq }) => seq));
    ({ cursor } = page);
  } while (cursor !== undefined);
  expect(found).toEqual(wanted);
});

test('given few runs among many that were given up or wait, nothing else is read to find them', () => {
  plans.length = 0;
  runs('default', { status: ['abandoned', 'queued'] });
  const walks = plans.filter((step) => /sync_schedule_logs/.test(step));
  expect(walks).toHaveLength(2);
  for (const step of walks) expect(step).toMatch(/\(tenant=\? AND status=\?\)|\(run=\?\)/);
});
