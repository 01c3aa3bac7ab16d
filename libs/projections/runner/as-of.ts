import { scheduleStream } from '#lib/contracts/streams';
import { decodeEvent } from '#lib/contracts/events';
import type { Instant } from '#lib/domain/kernel';
import type { EventStore, RecordedEvent } from '#lib/event-store/port';
import { scheduleQueries, type ScheduleView } from '../schedules/queries.js';
import { openFile } from '../store/read-model-file.js';
import { layout } from '../store/rows.js';
import { Applier, type Decode } from './applier.js';
import { routesOfShownSchedules } from './projections.js';

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
  const { tenant, schedule, at, decode = decodeEvent } = asked;
  const db = openFile(':memory:', layout);
  try {
    const applier = new Applier(db, decode, () => at, routesOfShownSchedules);
    for await (const events of pagesUpTo(asked)) {
      applier.apply(events);
      applier.flush();
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
