import { codecOf } from '../store/codec.js';
import { Conditions, limitOf, pageOf, placeOf, type Page, type Paging } from '../store/paging.js';
import type { Source } from '../store/reading.js';
import { selectList } from '../store/table.js';
import { parkingTable, type ParkingRow } from './table.js';

const select = `SELECT ${selectList(parkingTable)} FROM parked_events`;

export function parkingQueries(db: Source) {
  const codec = codecOf(parkingTable);
  return {
    /** Events that wait for a saga to take them, of all tenants. */
    parkedCount(): number {
      return Number(db.prepare('SELECT count(*) AS count FROM parked_events').get()?.['count'] ?? 0);
    },
    /** What sagas could not take, newest in the log first. */
    parkedEvents(tenant: string, handler?: string, paging: Paging = {}): Page<ParkingRow> {
      const where = new Conditions().equal('tenant', tenant).equal('handler', handler);
      if (paging.cursor !== undefined)
        where.and('(position, id) < (?, ?)', ...placeOf('parked', paging.cursor));
      const limit = limitOf(paging);
      const found = db
        .prepare(`${select} WHERE ${where.sql} ORDER BY position DESC, id DESC LIMIT ?`)
        .all(...where.values, limit + 1);
      return pageOf('parked', found.map(codec.decode), limit, ({ position, id }) => [position, id]);
    },
  };
}
