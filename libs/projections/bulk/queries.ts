import { codecOf } from '../store/codec.js';
import { Conditions, limitOf, pageOf, placeOf, type Page, type Paging } from '../store/paging.js';
import type { Source } from '../store/reading.js';
import { selectList } from '../store/table.js';
import { bulkTable, type BulkChangeRow } from './table.js';

const select = `SELECT ${selectList(bulkTable)} FROM bulk_changes`;

export function bulkQueries(db: Source) {
  const codec = codecOf(bulkTable);
  return {
    /** The newest first. */
    bulkChanges(tenant: string, paging: Paging = {}): Page<BulkChangeRow> {
      const where = new Conditions().equal('tenant', tenant);
      if (paging.cursor !== undefined)
        where.and('(requested_at, id) < (?, ?)', ...placeOf('bulk_changes', paging.cursor));
      const limit = limitOf(paging);
      const found = db
        .prepare(`${select} WHERE ${where.sql} ORDER BY requested_at DESC, id DESC LIMIT ?`)
        .all(...where.values, limit + 1);
      return pageOf('bulk_changes', found.map(codec.decode), limit, ({ requestedAt, id }) => [
        requestedAt,
        id,
      ]);
    },
    /** Those that are not done, of one tenant or of all, the first that was asked for first. */
    openBulkChanges(tenant?: string): readonly string[] {
      const where = new Conditions().and("status IN ('running', 'undoing')").equal('tenant', tenant);
      return db
        .prepare(`SELECT id FROM bulk_changes WHERE ${where.sql} ORDER BY requested_at, id`)
        .all(...where.values)
        .map(({ id }) => String(id));
    },
    bulkChange(tenant: string, id: string): BulkChangeRow | undefined {
      const found = db.prepare(`${select} WHERE id = ? AND tenant = ?`).get(id, tenant);
      return found === undefined ? undefined : codec.decode(found);
    },
  };
}
