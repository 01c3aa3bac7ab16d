import { codecOf } from '../store/codec.js';
import type { Source } from '../store/reading.js';
import { selectList } from '../store/table.js';
import { tenantTable, type TenantRow } from './table.js';

export function tenantQueries(db: Source) {
  const codec = codecOf(tenantTable);
  return {
    /** Those for whom anything was ever set, by id. */
    tenants(): readonly TenantRow[] {
      return db
        .prepare(`SELECT ${selectList(tenantTable)} FROM tenants ORDER BY id`)
        .all()
        .map(codec.decode);
    },
  };
}
