import type { SyncStream } from '#lib/ports';
import { columns, streams, type ColumnType } from './columns.js';

const sqlTypes: Readonly<Record<ColumnType, string>> = {
  text: 'TEXT',
  integer: 'INTEGER',
  real: 'REAL',
  boolean: 'INTEGER',
};

const quoted = (name: string): string => `"${name}"`;
const namesOf = (stream: SyncStream): readonly string[] => Object.keys(columns[stream]);

/** What each stream is listed by. */
const orders: Readonly<Record<SyncStream, string>> = {
  subscriptions: '"provider", "connection", "key"',
  charges: '"occurred_on" DESC, "connection", "key"',
  usage: '"occurred_at" DESC, "connection", "key"',
};

/** One table per stream. A column added to `columns.ts` later is added to existing tables by {@link missingColumns}. */
export const schema = streams.map(
  (stream) => `
  CREATE TABLE IF NOT EXISTS ${quoted(stream)} (
    "tenant" TEXT NOT NULL,
    "connection" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "user" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "connector" TEXT NOT NULL,
    ${Object.entries(columns[stream])
      .map(([name, type]) => `${quoted(name)} ${sqlTypes[type]},`)
      .join('\n    ')}
    "extra" TEXT NOT NULL DEFAULT '{}',
    "first_seen" INTEGER NOT NULL,
    "last_seen" INTEGER NOT NULL,
    PRIMARY KEY ("tenant", "connection", "key")
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS "${stream}_by_user" ON ${quoted(stream)} ("tenant", "user");`,
);

export const missingColumns = (stream: SyncStream, present: ReadonlySet<string>): readonly string[] =>
  Object.entries(columns[stream])
    .filter(([name]) => !present.has(name))
    .map(([name, type]) => `ALTER TABLE ${quoted(stream)} ADD COLUMN ${quoted(name)} ${sqlTypes[type]}`);

const OWN = ['tenant', 'connection', 'key', 'user', 'provider', 'connector'] as const;

export const usersSql =
  'SELECT DISTINCT "user" FROM "subscriptions" WHERE "tenant" = $tenant AND "user" > $after ORDER BY "user" LIMIT $limit';

/** Inserts, or does nothing where the key exists: so that inserts and updates can be told apart. */
export function insertSql(stream: SyncStream): string {
  const names = [...OWN, ...namesOf(stream), 'extra', 'first_seen', 'last_seen'];
  const values = names.map((name) => (name === 'first_seen' || name === 'last_seen' ? '$at' : `$${name}`));
  return `INSERT INTO ${quoted(stream)} (${names.map(quoted).join(', ')}) VALUES (${values.join(', ')}) ON CONFLICT DO NOTHING`;
}

/** A null keeps what is there. `json_patch` would delete by null, but `extra` holds none. Time never goes back. */
export function updateSql(stream: SyncStream): string {
  const typed = namesOf(stream).map((name) => `${quoted(name)} = COALESCE($${name}, ${quoted(name)})`);
  const own = ['user', 'provider', 'connector'].map((name) => `${quoted(name)} = $${name}`);
  const rest = ['"extra" = json_patch("extra", $extra)', '"last_seen" = MAX("last_seen", $at)'];
  return `UPDATE ${quoted(stream)} SET ${[...own, ...typed, ...rest].join(', ')} WHERE "tenant" = $tenant AND "connection" = $connection AND "key" = $key`;
}

export const selectSql = (stream: SyncStream, where: string): string =>
  `SELECT * FROM ${quoted(stream)} WHERE ${where} ORDER BY ${orders[stream]} LIMIT $limit`;

export const countSql = (stream: SyncStream, where: string): string =>
  `SELECT COUNT(*) AS "rows" FROM ${quoted(stream)} WHERE ${where}`;

export const forgetSql = (stream: SyncStream): string =>
  `DELETE FROM ${quoted(stream)} WHERE "tenant" = $tenant AND "connection" = $connection`;
