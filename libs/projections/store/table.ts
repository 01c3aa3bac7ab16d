import type { SQLInputValue } from 'node:sqlite';

/**
 * How a cell is stored. `number` takes integers and fractions alike; `flag` is 0 or 1; `json` is text;
 * `bins` a quantile sketch as a blob. Every cell may be null where the row's type says so.
 */
export type ColumnKind = 'text' | 'number' | 'flag' | 'json' | 'bins';

/** Names a row within its table. A key of several columns is joined with {@link KEY_SEPARATOR}. */
export type RowKey = string | number;

/** Cannot occur in ids: contracts refuse control characters. */
export const KEY_SEPARATOR = '\u0000';

/** One table of the read model: its columns in order, what identifies a row, and the indices its questions need. */
export type TableSpec<Row extends object> = {
  readonly name: string;
  readonly columns: Readonly<Record<keyof Row & string, ColumnKind>>;
  readonly key: readonly (keyof Row & string)[];
  /** Columns that never change once the row exists: left out of updates, so that indices over them are not touched. */
  readonly fixed: readonly (keyof Row & string)[];
  /** `unique`, the columns, and an optional condition; created after a rebuild's load. */
  readonly indexes: readonly Index[];
  /** Whether the fold may ask for the row again soon; others are not kept in memory after they are written. */
  readonly keep?: (row: Row) => boolean;
  /** Rows kept in memory after a flush: about so many, the half of it at least. */
  readonly capacity: number;
  /** Read whole when the file is opened, if it has no more rows than this: then a row that is not in memory is new. */
  readonly whole?: number;
  /** The column by which rows are made for ever later times, if they are: a later one than all that are known is new. */
  readonly time?: keyof Row & string;
  /** Whether two rows of one key say the same, for rows that often become again what they were: those are not written. */
  readonly same?: (one: Row, other: Row) => boolean;
  /**
   * A row that events of several streams count in: what two rows of one key, each of other streams, are together. Of any
   * other table a row follows from one stream alone.
   */
  readonly together?: (one: Row, other: Row) => Row;
};

export type Index = { readonly on: string; readonly where?: string };

export const snakeCase = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const sqlType: Readonly<Record<ColumnKind, string>> = {
  text: 'TEXT',
  number: 'NUMERIC',
  flag: 'INTEGER',
  json: 'TEXT',
  bins: 'BLOB',
};

/** A single numeric key is the rowid: rows are appended in event order. Any other table is clustered by its key. */
export const isRowIdTable = <Row extends object>(spec: TableSpec<Row>): boolean => {
  const [first] = spec.key;
  return spec.key.length === 1 && first !== undefined && spec.columns[first] === 'number';
};

export function createTableSql<Row extends object>(spec: TableSpec<Row>): string {
  const rowId = isRowIdTable(spec);
  const columns = columnsOf(spec).map(([name, kind]) =>
    rowId && spec.key.includes(name)
      ? `${snakeCase(name)} INTEGER PRIMARY KEY`
      : `${snakeCase(name)} ${sqlType[kind]}`,
  );
  const key = rowId ? [] : [`PRIMARY KEY (${spec.key.map(snakeCase).join(', ')})`];
  return `CREATE TABLE ${spec.name} (${[...columns, ...key].join(', ')})${rowId ? '' : ' WITHOUT ROWID'}`;
}

export const createIndexSql = <Row extends object>(spec: TableSpec<Row>): readonly string[] =>
  spec.indexes.map(
    ({ on, where }, at) =>
      `CREATE INDEX IF NOT EXISTS ${spec.name}_${at} ON ${spec.name} (${on})${where === undefined ? '' : ` WHERE ${where}`}`,
  );

export const columnsOf = <Row extends object>(
  spec: TableSpec<Row>,
): readonly (readonly [keyof Row & string, ColumnKind])[] =>
  Object.entries(spec.columns) as [keyof Row & string, ColumnKind][];

/** `SELECT` list that yields the row's own property names. */
export const selectList = <Row extends object>(spec: TableSpec<Row>, alias?: string): string =>
  columnsOf(spec)
    .map(([name]) => `${alias === undefined ? '' : `${alias}.`}${snakeCase(name)} AS "${name}"`)
    .join(', ');

export const whereKey = <Row extends object>(spec: TableSpec<Row>): string =>
  spec.key.map((name) => `${snakeCase(name)} = ?`).join(' AND ');

/** Writes as many rows as asked for, in one statement. */
export function upsertSql<Row extends object>(spec: TableSpec<Row>, rows = 1): string {
  const names = columnsOf(spec).map(([name]) => name);
  const changing = names
    .filter((name) => !spec.key.includes(name) && !spec.fixed.includes(name))
    .map(snakeCase);
  const values = `(${names.map(() => '?').join(', ')})`;
  const update =
    changing.length === 0
      ? 'NOTHING'
      : `UPDATE SET ${changing.map((name) => `${name} = excluded.${name}`).join(', ')}`;
  return (
    `INSERT OR FAIL INTO ${spec.name} (${names.map(snakeCase).join(', ')}) VALUES ${Array.from({ length: rows }, () => values).join(', ')} ` +
    `ON CONFLICT (${spec.key.map(snakeCase).join(', ')}) DO ${update}`
  );
}

export const keyOf = <Row extends object>(key: TableSpec<Row>['key'], row: Row): RowKey =>
  key.length === 1 ? (row[key[0] as keyof Row] as RowKey) : key.map((name) => row[name]).join(KEY_SEPARATOR);

export const keyValues = <Row extends object>(spec: TableSpec<Row>, key: RowKey): readonly SQLInputValue[] =>
  spec.key.length === 1 ? [key] : String(key).split(KEY_SEPARATOR);
