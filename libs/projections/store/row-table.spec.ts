import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Journal } from './journal.js';
import { RowTable } from './row-table.js';
import { createTableSql, type TableSpec } from './table.js';

type Note = { readonly key: string; readonly text: string };

/** So small that most rows are dropped from memory soon after they were written. */
const notes: TableSpec<Note> = {
  name: 'notes',
  columns: { key: 'text', text: 'text' },
  key: ['key'],
  fixed: [],
  indexes: [],
  capacity: 4,
  same: (one, other) => one.text === other.text,
};

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('get' as const, 'before' as const), key }) },
    {
      weight: 6,
      arbitrary: fc.record({ kind: fc.constant('put' as const), key, text: fc.constantFrom('x', 'y') }),
    },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('delete' as const), key }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('flush' as const, 'reopen' as const) }) },
  ),
  { maxLength: 80, size: 'max' },
);

const inFile = (db: DatabaseSync) =>
  Object.fromEntries(
    db
      .prepare('SELECT key, text FROM notes')
      .all()
      .map((row) => [row['key'], row['text']]),
  );

const flush = (table: RowTable<Note>): void => {
  table.write();
  table.settle();
};

describe('a table that keeps few rows in memory', () => {
  it.each([
    ['none of which is read when it is opened', notes],
    ['which is read whole when it is opened, if it has three or fewer', { ...notes, whole: 3 }],
    ['which would be read whole, and has no room for it', { ...notes, whole: 6 }],
  ])('%s, answers as a map would, and has what the map has after each flush', (_, notes) => {
    fc.assert(
      fc.property(steps, (plan) => {
        const db = new DatabaseSync(':memory:');
        db.exec(createTableSql(notes));
        const expected = new Map<string, string>();
        let table = new RowTable(db, notes, new Journal());
        for (const step of plan) {
          switch (step.kind) {
            case 'get':
              expect(table.get(step.key)?.text).toBe(expected.get(step.key));
              break;
            case 'before': {
              const revision = expected.has(step.key) ? 1 : 0;
              expect(table.before(step.key, { revision })?.text).toBe(expected.get(step.key));
              break;
            }
            case 'put':
              table.put(step.key, { key: step.key, text: step.text });
              expected.set(step.key, step.text);
              break;
            case 'delete':
              table.delete(step.key);
              expected.delete(step.key);
              break;
            case 'flush':
            case 'reopen':
              flush(table);
              if (step.kind === 'reopen') table = new RowTable(db, notes, new Journal());
              expect(inFile(db)).toEqual(Object.fromEntries(expected));
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('does not write a row that has become again what it was', () => {
    const db = new DatabaseSync(':memory:');
    db.exec(createTableSql(notes));
    const table = new RowTable(db, notes, new Journal());
    table.put('a', { key: 'a', text: 'x' });
    flush(table);
    const changes = (): unknown => db.prepare('SELECT total_changes() AS n').get()?.['n'];
    const before = changes();
    table.put('a', { key: 'a', text: 'y' });
    table.put('a', { key: 'a', text: 'x' });
    flush(table);
    expect(changes()).toBe(before);
    table.put('a', { key: 'a', text: 'y' });
    flush(table);
    expect(inFile(db)).toEqual({ a: 'y' });
  });
});

type Count = { hour: number; subject: string; count: number };

const counts: TableSpec<Count> = {
  name: 'counts',
  columns: { hour: 'number', subject: 'text', count: 'number' },
  key: ['hour', 'subject'],
  fixed: [],
  indexes: [],
  capacity: 4,
  time: 'hour',
};

const counted = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: fc.record({ hour: fc.constantFrom(1, 2, 3), subject: key }) },
    { weight: 2, arbitrary: fc.constantFrom('flush' as const, 'reopen' as const) },
  ),
  { maxLength: 80, size: 'max' },
);

describe('a table whose rows are counted in by parts', () => {
  it.each([
    ['has what was counted, though it keeps few of them in memory', 4],
    ['has what was counted, with room for all', 400],
  ])('%s', (_, capacity) => {
    fc.assert(
      fc.property(counted, (plan) => {
        const db = new DatabaseSync(':memory:');
        const spec = { ...counts, capacity };
        db.exec(createTableSql(spec));
        const expected = new Map<string, number>();
        let table = new RowTable(db, spec, new Journal());
        const flush = (): void => {
          table.write();
          table.settle();
          const found = db.prepare('SELECT hour, subject, count FROM counts').all();
          expect(
            Object.fromEntries(found.map((row) => [`${row['hour']}/${row['subject']}`, row['count']])),
          ).toEqual(Object.fromEntries(expected));
        };
        for (const step of plan) {
          if (typeof step === 'string') {
            flush();
            if (step === 'reopen') table = new RowTable(db, spec, new Journal());
            continue;
          }
          const { hour, subject } = step;
          const row = table.part(String(hour)).edit(subject, () => ({ hour, subject, count: 0 }), hour);
          row.count += 1;
          const before = expected.get(`${hour}/${subject}`) ?? 0;
          expect(row.count).toBe(before + 1);
          expected.set(`${hour}/${subject}`, before + 1);
        }
        flush();
      }),
      { numRuns: 500 },
    );
  });
});
