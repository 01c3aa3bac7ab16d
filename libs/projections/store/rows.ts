import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { RecordedEvent } from '#lib/event-store/port';
import { bulkTable } from '../bulk/table.js';
import { conflictTable } from '../conflicts/table.js';
import { connectionTable } from '../connections/table.js';
import { loadTable } from '../load/table.js';
import { logTable } from '../logs/table.js';
import { parkingTable } from '../parking/table.js';
import { providerTable } from '../providers/table.js';
import { activityTable, scheduleTable } from '../schedules/table.js';
import { statisticTable } from '../statistics/table.js';
import { tenantTable } from '../tenants/table.js';
import { deliveryTable, webhookTable } from '../webhooks/table.js';
import { deadLetterTable, openRunTable, wakeUpTable } from '../work/table.js';
import { Journal } from './journal.js';
import { mergeShare } from './merge.js';
import { RowTable } from './row-table.js';
import type { FileLayout } from './read-model-file.js';
import { createIndexSql, createTableSql, type TableSpec } from './table.js';

const specs = [
  scheduleTable,
  activityTable,
  logTable,
  statisticTable,
  loadTable,
  conflictTable,
  wakeUpTable,
  openRunTable,
  deadLetterTable,
  connectionTable,
  providerTable,
  parkingTable,
  webhookTable,
  deliveryTable,
  bulkTable,
  tenantTable,
] as readonly TableSpec<object>[];

export const tableSpecs: readonly TableSpec<object>[] = specs;

/** Raise when a fold gives other rows for the same events: every read model is then built again. */
const LOGIC_VERSION = 4;

export const layout: FileLayout = {
  ddl: specs.map(createTableSql),
  indexes: specs.flatMap(createIndexSql),
  logic: LOGIC_VERSION,
};

function tablesOf(db: DatabaseSync, journal: Journal) {
  return {
    schedules: new RowTable(db, scheduleTable, journal),
    activity: new RowTable(db, activityTable, journal),
    logs: new RowTable(db, logTable, journal),
    statistics: new RowTable(db, statisticTable, journal),
    load: new RowTable(db, loadTable, journal),
    conflicts: new RowTable(db, conflictTable, journal),
    wakeUps: new RowTable(db, wakeUpTable, journal),
    openRuns: new RowTable(db, openRunTable, journal),
    deadLetters: new RowTable(db, deadLetterTable, journal),
    connections: new RowTable(db, connectionTable, journal),
    providers: new RowTable(db, providerTable, journal),
    parkedEvents: new RowTable(db, parkingTable, journal),
    webhooks: new RowTable(db, webhookTable, journal),
    deliveries: new RowTable(db, deliveryTable, journal),
    bulkChanges: new RowTable(db, bulkTable, journal),
    tenants: new RowTable(db, tenantTable, journal),
  };
}

/** The tables as a fold sees them. */
export type Rows = Omit<ReturnType<typeof tablesOf>, never>;

/** An event by which a log is known again. */
export type Anchor = Pick<RecordedEvent, 'stream' | 'revision' | 'position' | 'id'>;

/** The tables of one file, and the one transaction in which they and the checkpoint are written. */
export class RowStore {
  readonly journal = new Journal();
  readonly rows: Rows;
  readonly #tables: readonly Pick<RowTable<object>, 'dirty' | 'write' | 'settle'>[];

  readonly #begin: StatementSync;
  readonly #checkpoint: StatementSync;
  readonly #anchor: StatementSync;
  readonly #commit: StatementSync;

  constructor(readonly db: DatabaseSync) {
    this.#begin = db.prepare('BEGIN IMMEDIATE');
    this.#checkpoint = db.prepare('UPDATE checkpoint SET position = ?');
    this.#anchor = db.prepare(
      'UPDATE checkpoint SET last_stream = ?, last_revision = ?, last_position = ?, last_id = ?',
    );
    this.#commit = db.prepare('COMMIT');
    this.rows = tablesOf(db, this.journal);
    this.#tables = Object.values(this.rows) as readonly Pick<
      RowTable<object>,
      'dirty' | 'write' | 'settle'
    >[];
  }

  get position(): number {
    return Number(this.db.prepare('SELECT position FROM checkpoint').get()?.['position'] ?? 0);
  }

  /** The last event that was folded; undefined: none was. */
  get anchor(): Anchor | undefined {
    const sql =
      'SELECT last_stream AS "stream", last_revision AS "revision", last_position AS "position", last_id AS "id" FROM checkpoint WHERE last_id IS NOT NULL';
    return this.db.prepare(sql).get() as Anchor | undefined;
  }

  get indexed(): boolean {
    return this.db.prepare('SELECT indexed FROM checkpoint').get()?.['indexed'] === 1;
  }

  get dirty(): number {
    return this.#tables.reduce((sum, table) => sum + table.dirty, 0);
  }

  /** Adds the rows of other files, each folded from other streams up to a position; all of them or none. */
  absorb(paths: readonly string[], position: number): void {
    for (const [at, path] of paths.entries()) this.db.prepare(`ATTACH ? AS share${at}`).run(path);
    try {
      this.#transaction(() => {
        for (const at of paths.keys()) mergeShare(this.db, `share${at}`, tableSpecs);
        this.#checkpoint.run(position);
        const last = [...paths.keys()].map((at) => `SELECT * FROM share${at}.checkpoint`).join(' UNION ALL ');
        this.db.exec(
          `UPDATE checkpoint SET (last_stream, last_revision, last_position, last_id) =
             (SELECT last_stream, last_revision, last_position, last_id FROM (${last}) ORDER BY last_position DESC LIMIT 1)`,
        );
      });
    } finally {
      for (const at of paths.keys()) this.db.exec(`DETACH share${at}`);
    }
  }

  /** Writes everything up to a position, with whatever else belongs to it. A failure leaves file and memory as they were. */
  flush(position: number, last: Anchor | undefined, more?: () => void): void {
    this.#transaction(() => {
      for (const table of this.#tables) table.write();
      more?.();
      this.#checkpoint.run(position);
      if (last !== undefined) this.#anchor.run(last.stream, last.revision, last.position, last.id);
    });
    for (const table of this.#tables) table.settle();
  }

  /** After the load of a rebuild, and before anyone asks: indices are built several times faster than kept. */
  createIndexes(): void {
    if (this.indexed) return;
    this.db.exec('PRAGMA threads = 2');
    this.#transaction(() => {
      for (const sql of layout.indexes) this.db.exec(sql);
      this.db.exec('UPDATE checkpoint SET indexed = 1');
    });
    this.db.exec('PRAGMA optimize');
  }

  #transaction(work: () => void): void {
    this.#begin.run();
    try {
      work();
      this.#commit.run();
    } catch (error) {
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
      throw error;
    }
  }
}
