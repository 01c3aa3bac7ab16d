import { bulkTable } from '../../libs/projections/bulk/table.js';
import { conflictTable } from '../../libs/projections/conflicts/table.js';
import { connectionTable } from '../../libs/projections/connections/table.js';
import { logTable } from '../../libs/projections/logs/table.js';
import { parkingTable } from '../../libs/projections/parking/table.js';
import { activityTable, scheduleTable } from '../../libs/projections/schedules/table.js';
import { statisticTable } from '../../libs/projections/statistics/table.js';
import { openRunTable, wakeUpTable } from '../../libs/projections/work/table.js';

/**
 * A node of a seed has a handful of schedules and lives for days. Caches for a hundred thousand rows would take most of
 * the time to allocate, and nothing would ever be dropped from them: with these some is.
 */
const ROWS = 100;
const tables = [
  bulkTable,
  conflictTable,
  connectionTable,
  logTable,
  parkingTable,
  activityTable,
  scheduleTable,
  statisticTable,
  openRunTable,
  wakeUpTable,
];
for (const table of tables) Object.assign(table, { capacity: ROWS });
