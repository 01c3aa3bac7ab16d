// Without the audit, which has an index of its own: threads that fold rows need not load what reads digests.
export { openReadModel } from './runner/read-model.js';
export { rebuildReadModel } from './runner/rebuild.js';
export { loadShare } from './runner/shares.js';
export { queriesOf } from './runner/queries.js';
export { Waiters } from './runner/waiting.js';
export { Reading } from './store/reading.js';
export { hashReadModel } from './store/hash.js';
export { cursorOf, InvalidCursor, itemsOf, placeOf } from './store/paging.js';
export { scheduleStatuses } from './schedules/table.js';
export { backfilledRuns } from './logs/backfilled.js';
export { hasEnded, logStatuses } from './logs/table.js';
export { deliveryStatuses } from './webhooks/table.js';

//# sourceMappingURL=index.js.map