import { isEventStoreError, type Appended, type EventStore, type NewEvent } from '#lib/event-store/port';
import type { Environment } from '#lib/ports';

const OUTAGE_TRIES = 4;
const OUTAGE_PAUSE = 100;

/** Appends, and where the outcome stays unknown appends the same ids again: the store answers the first time's answer. */
export async function settled(
  { store, environment }: { readonly store: EventStore; readonly environment: Environment },
  stream: string,
  expected: number,
  events: readonly NewEvent[],
): Promise<Appended> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await store.append(stream, expected, events);
    } catch (error) {
      if (!isEventStoreError(error, 'store_unavailable') || attempt >= OUTAGE_TRIES) throw error;
      await new Promise<void>((resolve) => environment.timers.after(OUTAGE_PAUSE * 2 ** attempt, resolve));
    }
  }
}
