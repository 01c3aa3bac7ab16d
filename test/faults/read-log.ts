import { openEventStoreDb } from '#lib/event-store/eventstoredb';
import type { RecordedEvent } from '#lib/event-store/port';
import { streamPrefixes } from '#lib/contracts/streams';

const PAGE = 5_000;

/** The log behind a position, by default the whole of it, read by a client of its own. */
export async function readLog(url: string, from = 0): Promise<readonly RecordedEvent[]> {
  const store = await openEventStoreDb({ url });
  const events: RecordedEvent[] = [];
  try {
    for (let after = from; ;) {
      const page = await store.readAll(after, PAGE, { prefixes: Object.values(streamPrefixes) });
      events.push(...page);
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return events;
      after = last.position;
    }
  } finally {
    await store.close();
  }
}
