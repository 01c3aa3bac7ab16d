import type { Projection, ScheduleFact } from '../runner/projection.js';

/**
 * `wake_ups`: when each schedule next needs attention, as its aggregate said with the last event of an append. An event
 * in the middle of an append says nothing and changes nothing.
 */
export const wakeUps: Projection<ScheduleFact> = {
  name: 'wake_ups',
  apply(event, id, rows) {
    const { wakeAt, tenant } = event.metadata;
    if (event.type === 'ScheduleDeleted' || wakeAt === null) rows.wakeUps.delete(id);
    else if (wakeAt !== undefined) rows.wakeUps.put(id, { schedule: id, tenant, wakeAt });
  },
};
