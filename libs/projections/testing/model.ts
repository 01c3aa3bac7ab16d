import type { RecordedEvent } from '#lib/event-store/port';
import { Applier, type Decode } from '../runner/applier.js';
import { queriesOf } from '../runner/queries.js';
import { openFile } from '../store/read-model-file.js';
import { layout } from '../store/rows.js';
import type { Log } from './log.js';

/** Given events, then rows: a read model in memory that has taken a whole log. */
export function modelOf(log: Log, decode: Decode = (event: RecordedEvent) => event) {
  const db = openFile(':memory:', layout);
  const applier = new Applier(db, decode, () => log.now);
  applier.createIndexes();
  applier.apply(log.events);
  applier.flush();
  return { ...queriesOf(db), db, applier };
}
