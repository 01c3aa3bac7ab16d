import { openEventStoreDb } from '#lib/event-store/eventstoredb';
import type { RecordedEvent } from '#lib/event-store/port';
import { streamPrefixes } from '#lib/contracts/streams';

const PAGE = 5_000;

/** The whole log, read by a client of its own. */
export async function readLog(url: string): Promise<readonly RecordedEvent[]> {
  const store = await openEventStoreDb({ url });
  const events: RecordedEvent[] = [];
  try {
    for (let after = 0; ;) {
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
