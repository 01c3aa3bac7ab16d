import { scheduleStream } from '#lib/contracts/streams';
import { decodeEvent } from '#lib/contracts/events';
import type { Instant } from '#lib/domain/kernel';
import type { EventStore, RecordedEvent } from '#lib/event-store/port';
import { activity } from '../schedules/activity.js';
import { schedules } from '../schedules/projection.js';
import { scheduleQueries, type ScheduleView } from '../schedules/queries.js';
import { isSqliteError, openFile } from '../store/read-model-file.js';
import { layout, RowStore } from '../store/rows.js';
import { openRuns } from '../work/open-runs.js';
import { wakeUps } from '../work/wake-ups.js';
import type { Projection } from './projection.js';
import type { Decode } from './applier.js';

/** What a schedule is shown from, in the order of the live read model. */
const projections: readonly Projection<never>[] = [activity, schedules, wakeUps, openRuns];

/** Events folded in one turn: a few milliseconds. */
const PAGE = 500;

export type AsOf = {
  readonly store: Pick<EventStore, 'readStream'>;
  readonly tenant: string;
  readonly schedule: string;
  /** The last instant that counts: by the time that events carry, up to the first one that is later. */
  readonly at: Instant;
  /** Default: as the live read model reads events. */
  readonly decode?: Decode;
};

/**
 * A schedule as whoever read it at an instant saw it: the projections of the live read model, over the part of the
 * schedule's own stream that was there. Undefined where the tenant had no such schedule yet; a deleted one says so.
 * Takes the time of folding the stream up to then, and leaves nothing behind.
 */
export async function scheduleAsOf(asked: AsOf): Promise<ScheduleView | undefined> {
  const { tenant, schedule } = asked;
  const db = openFile(':memory:', layout);
  try {
    const folded = new RowStore(db);
    for await (const events of pagesUpTo(asked)) {
      for (const event of events) fold(folded, schedule, readable(event, asked.decode ?? decodeEvent));
      const last = events.at(-1);
      if (last !== undefined) folded.flush(last.position, last);
    }
    return scheduleQueries(db).schedule(tenant, schedule);
  } finally {
    db.close();
  }
}

async function* pagesUpTo({ store, schedule, at }: AsOf): AsyncGenerator<readonly RecordedEvent[]> {
  for (let from = 0; ; from += PAGE) {
    const events = await store.readStream(scheduleStream(schedule), { from, limit: PAGE });
    const later = events.findIndex(({ metadata }) => metadata.at > at);
    yield later === -1 ? events : events.slice(0, later);
    if (later !== -1 || events.length < PAGE) return;
  }
}

/** An event that a projection cannot take is left out of what it shows, as in the live read model. */
function fold({ rows, journal }: RowStore, schedule: string, event: RecordedEvent | undefined): void {
  if (event === undefined) return;
  for (const projection of projections) {
    try {
      projection.apply(event as never, schedule, rows);
      journal.accept();
    } catch (error) {
      journal.undo();
      if (isSqliteError(error)) throw error;
    }
  }
}

/** One that cannot be read at all is left out of everything. */
function readable(recorded: RecordedEvent, decode: Decode): RecordedEvent | undefined {
  try {
    return decode(recorded);
  } catch {
    return undefined;
  }
}
