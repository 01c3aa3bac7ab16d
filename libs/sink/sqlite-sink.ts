import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import {
  isWithdrawal,
  type SinkScope,
  type SyncChange,
  type SyncRecord,
  type SyncStream,
  type Withdrawal,
} from '#lib/ports';
import { columns, happened, split, streams, type Cell } from './columns.js';
import { keyAfter } from './key-after.js';
import { limitOf } from './limits.js';
import type {
  ChargeRow,
  RecordFilter,
  RecordPage,
  RecordTotals,
  SubscriptionRow,
  SyncedRecords,
  UsageRow,
} from '#lib/ports';
import { shaped } from './row-shape.js';
import {
  countSql,
  forgetSql,
  insertSql,
  laterSql,
  missingColumns,
  schema,
  selectSql,
  updateSql,
  usersSql,
  withdrawSql,
} from './tables.js';

const BUSY_MS = 5_000;

type Writers = { readonly insert: StatementSync; readonly update: StatementSync };
type Bindings = Record<string, SQLInputValue>;

/** Synced records in one SQLite file (mode 0600). A batch is one durable transaction, so a checkpoint may follow it. */
export class SqliteSink implements SyncedRecords {
  readonly #database: DatabaseSync;
  readonly #writers: Readonly<Record<SyncStream, Writers>>;
  /** By their SQL: there is one for each combination of filters. */
  readonly #statements = new Map<string, StatementSync>();
  /** Of this file: one that was made anew, under the same name, has another. Absent in those of earlier versions. */
  readonly identity?: string;

  constructor(path: string) {
    if (!existsSync(dirname(path))) mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
    this.#database = new DatabaseSync(path, { timeout: BUSY_MS });
    this.#database.exec('PRAGMA journal_mode = WAL');
    this.#database.exec('PRAGMA synchronous = FULL');
    const identity = this.#make();
    if (identity !== undefined) this.identity = identity;
    for (const stream of streams) this.#addMissingColumns(stream);
    this.#writers = {
      subscriptions: this.#prepare('subscriptions'),
      charges: this.#prepare('charges'),
      usage: this.#prepare('usage'),
    };
  }

  async write(
    scope: SinkScope,
    changes: readonly SyncChange[],
    at: number,
  ): Promise<{ inserted: number; updated: number }> {
    const counts = { inserted: 0, updated: 0 };
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      for (const change of changes) {
        if (isWithdrawal(change)) this.#withdraw(scope, change, Math.trunc(at));
        else counts[this.#put(scope, change, Math.trunc(at))]++;
      }
      this.#database.exec('COMMIT');
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
    return counts;
  }

  #put(scope: SinkScope, record: SyncRecord, at: number): 'inserted' | 'updated' {
    const bindings = bindingsOf(scope, record, at);
    const { insert, update } = this.#writers[record.stream];
    if (insert.run(bindings).changes > 0) return 'inserted';
    update.run(bindings);
    return 'updated';
  }

  #withdraw({ tenant, connection }: SinkScope, { stream, withdrawn }: Withdrawal, at: number): void {
    const { before, within = '', from } = withdrawn;
    const range = { $within: within, $until: keyAfter(within) ?? null, $before: before };
    const day = stream in happened ? { $from: from ?? null } : {};
    this.#statement(withdrawSql(stream)).run({
      $tenant: tenant,
      $connection: connection,
      $at: at,
      ...range,
      ...day,
    });
  }

  async users({
    tenant,
    after = '',
    limit,
  }: Parameters<SyncedRecords['users']>[0]): Promise<readonly string[]> {
    const found = this.#statement(usersSql).all({ $tenant: tenant, $after: after, $limit: limit });
    return found.map(({ user }) => String(user));
  }

  async subscriptions(filter: RecordFilter): Promise<readonly SubscriptionRow[]> {
    return this.#select('subscriptions', filter) as readonly SubscriptionRow[];
  }

  async charges(page: RecordPage): Promise<readonly ChargeRow[]> {
    return this.#select('charges', page) as readonly ChargeRow[];
  }

  async usage(page: RecordPage): Promise<readonly UsageRow[]> {
    return this.#select('usage', page) as readonly UsageRow[];
  }

  async counts(filter: RecordFilter): Promise<RecordTotals> {
    const { where, bindings } = condition(filter);
    const count = (stream: SyncStream): number =>
      Number(this.#statement(countSql(stream, where)).get(bindings)?.['rows']);
    return { subscriptions: count('subscriptions'), charges: count('charges'), usage: count('usage') };
  }

  async forget(tenant: string, connection: string): Promise<number> {
    let rows = 0;
    for (const stream of streams) {
      rows += Number(
        this.#statement(forgetSql(stream)).run({ $tenant: tenant, $connection: connection }).changes,
      );
    }
    return rows;
  }

  async close(): Promise<void> {
    if (this.#database.isOpen) this.#database.close();
  }

  #select(stream: SyncStream, page: RecordPage): readonly unknown[] {
    const { where, bindings } = condition(page);
    const part = partOf(stream, page);
    const sql = selectSql(stream, [where, ...part.where].join(' AND '));
    const rows = this.#statement(sql).all({ ...bindings, ...part.bindings, $limit: limitOf(page) });
    return rows.map((row) => shaped(stream, row));
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, known);
    return known;
  }

  #prepare(stream: SyncStream): Writers {
    const insert = this.#database.prepare(insertSql(stream));
    const update = this.#database.prepare(updateSql(stream));
    return { insert, update };
  }

  /** In one transaction: tables without an identity are those of an earlier version, never half of a new file. */
  #make(): string | undefined {
    this.#database.exec('BEGIN IMMEDIATE');
    const isNew = this.#database.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
    if (isNew) {
      this.#database.exec('CREATE TABLE identity (id TEXT NOT NULL) STRICT');
      this.#database.prepare('INSERT INTO identity (id) VALUES (?)').run(randomUUID());
    }
    for (const statement of schema) this.#database.exec(statement);
    const named = this.#database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'identity'").get();
    const row = named === undefined ? undefined : this.#database.prepare('SELECT id FROM identity').get();
    this.#database.exec('COMMIT');
    return row === undefined ? undefined : String(row['id']);
  }

  #addMissingColumns(stream: SyncStream): void {
    const present = this.#database.prepare('SELECT name FROM pragma_table_info(?)').all(stream);
    const names = new Set(present.map((row) => String(row['name'])));
    for (const statement of missingColumns(stream, names)) this.#database.exec(statement);
  }
}

function bindingsOf(scope: SinkScope, record: SyncRecord, at: number): Bindings {
  const { typed, extra } = split(record);
  const bindings: Bindings = { $key: record.key, $at: at, $extra: JSON.stringify(extra) };
  const { tenant, user, connection, provider, connector } = scope;
  for (const [name, value] of Object.entries({ tenant, user, connection, provider, connector }))
    bindings[`$${name}`] = value;
  for (const name of Object.keys(columns[record.stream])) bindings[`$${name}`] = sqlValue(typed[name]);
  return bindings;
}

const sqlValue = (value: Cell | undefined): SQLInputValue =>
  typeof value === 'boolean' ? Number(value) : (value ?? null);

/** The part of a stream that a page is of, in the order in which it is listed. */
function partOf(
  stream: SyncStream,
  { from, to, after }: RecordPage,
): { readonly where: readonly string[]; readonly bindings: Bindings } {
  const day = happened[stream];
  if (day === undefined) return { where: [], bindings: {} };
  const where = [
    ...(from === undefined ? [] : [`"${day}" >= $from`]),
    ...(to === undefined ? [] : [`"${day}" < $to`]),
    ...(after === undefined ? [] : [laterSql(day)]),
  ];
  const place =
    after === undefined ? {} : { $on: after.on, $afterConnection: after.connection, $afterKey: after.key };
  const bounds = { ...(from === undefined ? {} : { $from: from }), ...(to === undefined ? {} : { $to: to }) };
  return { where, bindings: { ...bounds, ...place } };
}

function condition(filter: RecordFilter): { readonly where: string; readonly bindings: Bindings } {
  const { tenant, user, provider, connection } = filter;
  const given = Object.entries({ tenant, user, provider, connection }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return {
    where: given.map(([name]) => `"${name}" = $${name}`).join(' AND '),
    bindings: Object.fromEntries(given.map(([name, value]) => [`$${name}`, value])),
  };
}
