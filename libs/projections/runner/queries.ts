import { bulkQueries } from '../bulk/queries.js';
import { conflictQueries } from '../conflicts/queries.js';
import { connectionQueries } from '../connections/queries.js';
import { loadQueries } from '../load/queries.js';
import { logQueries } from '../logs/queries.js';
import { parkingQueries } from '../parking/queries.js';
import { providerQueries } from '../providers/queries.js';
import { scheduleQueries } from '../schedules/queries.js';
import { statisticQueries } from '../statistics/queries.js';
import { reportQueries } from '../statistics/report.js';
import { summaryQueries } from '../statistics/summary.js';
import { tenantQueries } from '../tenants/queries.js';
import { webhookQueries } from '../webhooks/queries.js';
import { workQueries } from '../work/queries.js';
import type { ParkedEvent } from './applier.js';
import type { Source } from '../store/reading.js';
import type { Anchor } from '../store/rows.js';

/** Every question that the read model answers, from one open file. All are synchronous and read what was flushed. */
export const queriesOf = (db: Source) => ({
  ...scheduleQueries(db),
  ...logQueries(db),
  ...loadQueries(db),
  ...conflictQueries(db),
  ...statisticQueries(db),
  ...reportQueries(db),
  ...summaryQueries(db),
  ...workQueries(db),
  ...connectionQueries(db),
  ...providerQueries(db),
  ...parkingQueries(db),
  ...webhookQueries(db),
  ...bulkQueries(db),
  ...tenantQueries(db),
  /** The newest event that was folded: where in the log it is. Undefined: none was. */
  newest(): Pick<Anchor, 'stream' | 'revision'> | undefined {
    const sql =
      'SELECT last_stream AS "stream", last_revision AS "revision" FROM checkpoint WHERE last_id IS NOT NULL';
    return db.prepare(sql).get() as Pick<Anchor, 'stream' | 'revision'> | undefined;
  },
  /** Events that a projection could not take, newest first; of all tenants when none is named. */
  parked(tenant?: string, limit = 100): readonly ParkedEvent[] {
    const found = db.prepare(
      `SELECT projection, position, event_id AS "eventId", event_type AS "eventType", stream, tenant, reason, at FROM parked
       WHERE ? IS NULL OR tenant = ? ORDER BY position DESC, projection LIMIT ?`,
    );
    return found
      .all(tenant ?? null, tenant ?? null, limit)
      .map((row) => ({ ...row }) as unknown as ParkedEvent);
  },
});

export type Queries = ReturnType<typeof queriesOf>;
