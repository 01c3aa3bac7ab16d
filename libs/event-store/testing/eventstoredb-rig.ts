import { openEventStoreDb } from '../eventstoredb/index.js';
import { isEventStoreError, type EventStore, type NewEvent } from '../port/index.js';

type Server = { readonly url: string; start(): Promise<void>; stop(): Promise<void> };
type Rig<Double> = { readonly double: Double; readonly store: EventStore; readonly trouble: string[] };

/** What `closeOpened` ends, the last first. */
export const opened: { close(): Promise<void> }[] = [];

export async function closeOpened(): Promise<void> {
  for (const each of opened.splice(0).toReversed()) await each.close();
}

/** A server that is started, and a store on it whose patience is short. */
export async function rigOn<Double extends Server>(double: Double): Promise<Rig<Double>> {
  await double.start();
  opened.push({ close: () => double.stop() });
  const trouble: string[] = [];
  const store = await openEventStoreDb({
    url: double.url,
    deadlineMs: 400,
    probeMs: 100,
    silenceMs: 300,
    onTrouble: (what) => trouble.push(what),
  });
  opened.push(store);
  return { double, store, trouble };
}

/** Appends under faults as actors do: the same ids again until the store says what happened. */
export async function settled(
  store: EventStore,
  stream: string,
  expected: number,
  events: readonly NewEvent[],
) {
  for (;;) {
    try {
      return await store.append(stream, expected, events);
    } catch (error) {
      if (!isEventStoreError(error, 'store_unavailable')) throw error;
    }
  }
}
